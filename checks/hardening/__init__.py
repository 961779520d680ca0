"""From an inspection to a hardening plan: what is to be changed on each device, in which order, and how back.

A plan is text for people. Nothing in it is ever sent to a device.
"""

from checks.hardening.plan import (
    ChecklistRow,
    DevicePlan,
    HardeningItem,
    HardeningPlan,
    Precondition,
    PreconditionState,
    plan_hardening,
)
from checks.hardening.steps import PLANE_WORDS, WAVE_WORDS, WINDOW_WORDS, Placeholders, Plane, Wave

__all__ = [
    "PLANE_WORDS",
    "WAVE_WORDS",
    "WINDOW_WORDS",
    "ChecklistRow",
    "DevicePlan",
    "HardeningItem",
    "HardeningPlan",
    "Placeholders",
    "Plane",
    "Precondition",
    "PreconditionState",
    "Wave",
    "plan_hardening",
]
