"""What this app answers to the calls that go out to all: see `training/config/parts.py`."""

from training.governance.demo import load_demo

__all__ = ["load_demo"]
