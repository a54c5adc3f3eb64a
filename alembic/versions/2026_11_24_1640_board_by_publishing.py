"""The board is read by the time of publishing."""

from alembic import op

revision = "2026_11_24_1640"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_job_post_status_published_at_id", "job_post", ["status", "published_at", "id"]
    )
    op.drop_index("ix_job_post_status_id", table_name="job_post")


def downgrade() -> None:
    op.create_index("ix_job_post_status_id", "job_post", ["status", "id"])
    op.drop_index("ix_job_post_status_published_at_id", table_name="job_post")
