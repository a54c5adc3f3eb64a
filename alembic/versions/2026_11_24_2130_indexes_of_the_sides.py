"""What a side has in work and what it has not read is found without walking its past."""

import sqlalchemy as sa

from alembic import op

revision = "2026_11_24_2130"
down_revision = "2026_11_24_1640"
branch_labels = None
depends_on = None

UNREAD = sa.text("status = 'submitted' AND viewed_at IS NULL")
SIDES = ("client_party_id", "freelancer_party_id")


def upgrade() -> None:
    for side in SIDES:
        op.create_index(f"ix_contract_{side}_id", "contract", [side, "id"])
        op.create_index(f"ix_contract_{side}_status_id", "contract", [side, "status", "id"])
        op.drop_index(f"ix_contract_{side}", table_name="contract")
    with op.batch_alter_table("proposal") as batch:
        batch.add_column(sa.Column("client_party_id", sa.Integer(), nullable=True))
    op.execute(
        "UPDATE proposal SET client_party_id = "
        "(SELECT party_id FROM job_post WHERE job_post.id = proposal.job_id)"
    )
    with op.batch_alter_table("proposal") as batch:
        batch.alter_column("client_party_id", existing_type=sa.Integer(), nullable=False)
        batch.create_foreign_key(
            batch.f("fk_proposal_client_party_id"), "party", ["client_party_id"], ["id"]
        )
    op.create_index(
        "ix_proposal_unread",
        "proposal",
        ["client_party_id", "job_id"],
        sqlite_where=UNREAD,
        postgresql_where=UNREAD,
    )


def downgrade() -> None:
    op.drop_index("ix_proposal_unread", table_name="proposal")
    with op.batch_alter_table("proposal") as batch:
        batch.drop_constraint(batch.f("fk_proposal_client_party_id"), type_="foreignkey")
        batch.drop_column("client_party_id")
    for side in SIDES:
        op.create_index(f"ix_contract_{side}", "contract", [side])
        op.drop_index(f"ix_contract_{side}_status_id", table_name="contract")
        op.drop_index(f"ix_contract_{side}_id", table_name="contract")
