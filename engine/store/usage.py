"""The ledger of charged seconds: reserve, then settle or refund exactly once. Rows are never changed."""

from __future__ import annotations

from engine.contract.job import Job, JobId
from engine.contract.quota import QuotaScope, QuotaWindow
from engine.quota import Account
from engine.store.database import Rows

_INSERT = (
    "INSERT INTO usage_ledger(user_key, platform, place, day, at, job_id, kind, reserved_s, used_s) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_CLOSE = (
    "INSERT INTO usage_ledger(user_key, platform, place, day, at, job_id, kind, reserved_s, used_s) "
    "SELECT user_key, platform, place, day, ?, job_id, ?, -reserved_s, ? "
    "FROM usage_ledger WHERE job_id = ? AND kind = 'reserve'"
)

#: Which rows of the ledger a pot adds up. A role has none: roles change, the ledger does not.
_WHOSE = {
    QuotaScope.PLACE: "platform = ? AND place = ?",
    QuotaScope.PLATFORM: "platform = ?",
    QuotaScope.EVERYBODY: "'-' = ?",
}


def used_seconds(rows: Rows, user_key: str, day: str) -> float:
    """Return what the user has used and reserved on ``day``, in charged seconds."""
    row = rows.execute(
        "SELECT COALESCE(SUM(reserved_s + used_s), 0.0) FROM usage_ledger WHERE user_key = ? AND day = ?",
        (user_key, day),
    ).fetchone()
    return float(row[0])


def of_user(rows: Rows, user_key: str, day: str) -> dict[Account, float]:
    """Return what a user has used and reserved in the day and in the month of ``day``, in charged seconds."""
    sums = rows.execute(
        "SELECT COALESCE(SUM(CASE WHEN day = ? THEN reserved_s + used_s END), 0.0), "
        "COALESCE(SUM(reserved_s + used_s), 0.0) FROM usage_ledger "
        "WHERE user_key = ? AND day BETWEEN ? AND ?",
        (day, user_key, *days_of(QuotaWindow.MONTH, day)),
    ).fetchone()
    return {
        Account(QuotaScope.USER, user_key, window): float(total)
        for window, total in zip(QuotaWindow, sums, strict=True)
    }


def total(rows: Rows, account: Account, day: str) -> float:
    """Return what is used and reserved of a pot in its window that holds ``day``, in charged seconds."""
    condition = _WHOSE[account.scope]
    is_place = account.scope is QuotaScope.PLACE
    whose = account.subject.split(":", 1) if is_place else [account.subject]
    row = rows.execute(
        f"SELECT COALESCE(SUM(reserved_s + used_s), 0.0) FROM usage_ledger WHERE {condition} "  # noqa: S608 - ours
        "AND day BETWEEN ? AND ?",
        (*whose, *days_of(account.window, day)),
    ).fetchone()
    return float(row[0])


def settled_seconds(rows: Rows, user_key: str, window: QuotaWindow, day: str) -> float:
    """Return what was rendered for the user in the window that holds ``day``, in charged seconds."""
    row = rows.execute(
        "SELECT COALESCE(SUM(used_s), 0.0) FROM usage_ledger WHERE user_key = ? AND day BETWEEN ? AND ?",
        (user_key, *days_of(window, day)),
    ).fetchone()
    return float(row[0])


def days_of(window: QuotaWindow, day: str) -> tuple[str, str]:
    """Return the first and the last day of a window, as ISO dates that text order compares."""
    return (day, day) if window is QuotaWindow.DAY else (f"{day[:7]}-01", f"{day[:7]}-31")


def reserve(rows: Rows, job: Job, *, seconds: float, day: str, at: str) -> None:
    """Set ``seconds`` aside for a job on the account of its requester."""
    who = job.request.requester
    rows.execute(_INSERT, (who.key, who.platform, who.place, day, at, job.id, "reserve", seconds, 0.0))


def settle(rows: Rows, job_id: JobId, *, used: float, at: str) -> None:
    """Turn the reservation of a job into what was really rendered, in charged seconds, on its day."""
    rows.execute(_CLOSE, (at, "settle", used, job_id))


def refund(rows: Rows, job_id: JobId, *, at: str) -> None:
    """Give the reservation of a job back."""
    rows.execute(_CLOSE, (at, "refund", 0.0, job_id))
