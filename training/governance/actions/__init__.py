from training.governance.actions.decisions import record_decision

__all__ = ["record_decision"]
