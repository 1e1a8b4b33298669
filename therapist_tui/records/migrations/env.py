"""Alembic's way in: it runs on the live connection that `migrate.upgrade` hands over, inside its transaction."""

from alembic import context

from therapist_tui.records.tables import Row

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Row.metadata,  # for the names of constraints
    transactional_ddl=True,  # ours begins explicitly, so schema changes roll back too
    render_as_batch=True,  # SQLite changes a table by building it anew
)
context.run_migrations()
