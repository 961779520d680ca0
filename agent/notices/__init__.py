"""Notices: telling people what changed, by mail and group chat. Off unless a file of channels is given.

A notice is written to the outbox before anything is sent, and struck off after: one that is cut off in
between is sent again and says so. Sending never fails or holds up a run.
"""
