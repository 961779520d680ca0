"""A switch that speaks real SSH, behaves well or badly on request, and remembers every byte sent to it."""
