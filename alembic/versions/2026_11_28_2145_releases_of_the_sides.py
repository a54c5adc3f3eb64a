"""What a side spent or earned by month is a range of an index, filled from what was released."""

import sqlalchemy as sa

from alembic import op

revision = "2026_11_28_2145"
down_revision = "2026_11_24_2130"
branch_labels = None
depends_on = None

SUMMED = ["currency", "released_at", "amount_minor"]
SIDES = ("client_party_id", "freelancer_party_id")


def upgrade() -> None:
    op.create_table(
        "ledger_release",
        sa.Column("transfer_id", sa.Integer(), nullable=False),
        sa.Column("client_party_id", sa.Integer(), nullable=False),
        sa.Column("freelancer_party_id", sa.Integer(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["transfer_id"], ["ledger_transfer.id"], name=op.f("fk_ledger_release_transfer_id")
        ),
        sa.PrimaryKeyConstraint("transfer_id", name=op.f("pk_ledger_release")),
    )
    op.execute(
        """
        INSERT INTO ledger_release (transfer_id, client_party_id, freelancer_party_id,
                                    currency, amount_minor, released_at)
        SELECT t.id, c.client_party_id,
               CASE taker.kind WHEN 'earnings' THEN c.freelancer_party_id END,
               t.currency, t.amount_minor, x.effective_at
          FROM ledger_transfer t
          JOIN ledger_transaction x ON x.id = t.transaction_id
          JOIN contract c ON c.id = x.contract_id
          JOIN ledger_account giver ON giver.id = t.debit_id AND giver.kind = 'escrow'
          JOIN ledger_account taker ON taker.id = t.credit_id
                                   AND taker.kind IN ('earnings', 'revenue')
        """
    )
    for side in SIDES:
        op.create_index(f"ix_ledger_release_{side}", "ledger_release", [side, *SUMMED])


def downgrade() -> None:
    op.drop_table("ledger_release")
