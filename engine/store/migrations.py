"""The tables, step by step. A step that has been released never changes; the next one is added below it.

* jobs: one row a promise; ``owner`` is the engine that it was given to.
* job_events: what happened to a job, append-only, numbered within the job.
* usage_ledger: seconds of clip reserved and used, append-only: the database refuses to change a row.
* deliveries: answers that chats are owed.
* quota_rules, blocks: what admins have set, as it stands now.
* quota_grants: extra seconds and resets of a user in one window, append-only.
* audit: every change that an admin made, append-only.
"""

from __future__ import annotations

import sqlite_utils
from sqlite_utils import Migrations

migrations = Migrations("textreel")

_FIRST_TABLES = """
CREATE TABLE jobs (
    id TEXT PRIMARY KEY,
    idempotency_key TEXT NOT NULL UNIQUE,
    user_key TEXT NOT NULL,
    platform TEXT NOT NULL,
    place TEXT NOT NULL,
    owner TEXT NOT NULL,
    status TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    seed INTEGER NOT NULL,
    request TEXT NOT NULL,
    queued_at TEXT NOT NULL,
    started_at TEXT,
    finished_at TEXT,
    lease_until TEXT,
    cancel_asked INTEGER NOT NULL DEFAULT 0,
    error_code TEXT,
    error_detail TEXT,
    clip TEXT
) STRICT;
CREATE INDEX jobs_by_status ON jobs(status, owner);
CREATE INDEX jobs_by_user ON jobs(user_key, started_at);
CREATE TABLE job_events (
    job_id TEXT NOT NULL REFERENCES jobs(id) ON DELETE CASCADE,
    seq INTEGER NOT NULL,
    at TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (job_id, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE usage_ledger (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    user_key TEXT NOT NULL,
    platform TEXT NOT NULL,
    place TEXT NOT NULL,
    day TEXT NOT NULL,
    at TEXT NOT NULL,
    job_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('reserve', 'settle', 'refund')),
    reserved_s REAL NOT NULL,
    used_s REAL NOT NULL
) STRICT;
CREATE INDEX usage_by_day ON usage_ledger(user_key, day);
CREATE UNIQUE INDEX usage_closed_once ON usage_ledger(job_id, (kind = 'reserve'));
CREATE TRIGGER usage_never_changes BEFORE UPDATE ON usage_ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER usage_never_goes BEFORE DELETE ON usage_ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TABLE deliveries (
    job_id TEXT PRIMARY KEY REFERENCES jobs(id) ON DELETE CASCADE,
    platform TEXT NOT NULL,
    payload TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    last_error TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX deliveries_by_state ON deliveries(platform, state);
"""


@migrations()
def first_tables(db: sqlite_utils.Database) -> None:
    """Create jobs, job_events, usage_ledger and deliveries."""
    db.executescript(_FIRST_TABLES)


_QUOTA_TABLES = """
CREATE TABLE quota_rules (
    scope TEXT NOT NULL,
    subject TEXT NOT NULL,
    period TEXT NOT NULL CHECK (period IN ('day', 'month')),
    shared INTEGER NOT NULL,
    seconds REAL,
    PRIMARY KEY (scope, subject, period, shared)
) STRICT, WITHOUT ROWID;
CREATE TABLE quota_grants (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    user_key TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('grant', 'reset')),
    period TEXT NOT NULL CHECK (period IN ('day', 'month')),
    begins TEXT NOT NULL,
    seconds REAL NOT NULL
) STRICT;
CREATE INDEX grants_by_user ON quota_grants(user_key, begins);
CREATE TABLE blocks (
    user_key TEXT PRIMARY KEY,
    reason TEXT NOT NULL,
    until TEXT,
    at TEXT NOT NULL,
    by_whom TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    by_whom TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
CREATE TRIGGER grants_never_change BEFORE UPDATE ON quota_grants
BEGIN SELECT RAISE(ABORT, 'grants are append-only'); END;
CREATE TRIGGER grants_never_go BEFORE DELETE ON quota_grants
BEGIN SELECT RAISE(ABORT, 'grants are append-only'); END;
CREATE TRIGGER audit_never_changes BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER audit_never_goes BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE INDEX usage_by_place ON usage_ledger(platform, place, day, reserved_s, used_s);
CREATE INDEX usage_of_all ON usage_ledger(day, reserved_s, used_s);
CREATE INDEX jobs_by_user_age ON jobs(user_key, queued_at);
CREATE INDEX jobs_by_end ON jobs(status, finished_at);
"""


@migrations()
def quota_tables(db: sqlite_utils.Database) -> None:
    """Create quota_rules, quota_grants, blocks and audit, and what makes their questions quick."""
    db.executescript(_QUOTA_TABLES)


@migrations()
def jobs_by_outcome(db: sqlite_utils.Database) -> None:
    """Make counting jobs by status and error code quick."""
    db.execute("CREATE INDEX jobs_by_outcome ON jobs(status, error_code)")


@migrations()
def waiting_jobs(db: sqlite_utils.Database) -> None:
    """Make telling a job's turn quick, however many jobs have ended."""
    db.execute("CREATE INDEX jobs_waiting ON jobs(owner, user_key, queued_at, id) WHERE status = 'queued'")
    db.execute("CREATE INDEX jobs_waiting_by_user ON jobs(user_key) WHERE status = 'queued'")


@migrations()
def usage_by_platform(db: sqlite_utils.Database) -> None:
    """Make adding up a platform's pot quick in a long ledger."""
    db.execute("CREATE INDEX usage_by_platform ON usage_ledger(platform, day, reserved_s, used_s)")
