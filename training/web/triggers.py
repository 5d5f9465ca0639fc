"""Triggers of an app's first migration, all at once."""

from typing import TYPE_CHECKING

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation

if TYPE_CHECKING:
    from django.db.migrations.state import ProjectState


class InstallTriggers(Operation):
    """Creates in PostgreSQL the triggers that the `CreateModel`s of this app already name in their options.

    An `AddTrigger` for each would build the state of every related model anew: some 200 of them were half the time that
    an empty database took.
    """

    reversible = True

    def state_forwards(self, app_label: str, state: "ProjectState") -> None:
        """The options know them."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: "ProjectState",  # noqa: ARG002 (Django passes both by place)
        to_state: "ProjectState",
    ) -> None:
        for (label, _), model in sorted(to_state.models.items()):
            for trigger in model.options.get("triggers", []) if label == app_label else []:
                schema_editor.execute(trigger.install_sql, params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: "ProjectState",
        to_state: "ProjectState",
    ) -> None:
        """They go with their tables."""

    def describe(self) -> str:
        return "Create the triggers of the tables above"
