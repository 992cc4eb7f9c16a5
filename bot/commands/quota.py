"""``textreel quota``: look at the quotas of users, and change them."""

from __future__ import annotations

import argparse
import getpass
import math
import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from bot.app import open_engine
from bot.commands.context import (
    EXIT_DONE,
    Context,
    add_config,
    positive_integer,
    positive_number,
)
from bot.quota_client import QuotaClient
from bot.quota_texts import audit_line, block_line, rule_line, standing_lines
from engine.contract.quota import NOBODY_IN_PARTICULAR, QuotaRule, QuotaScope, QuotaStanding, QuotaWindow
from engine.contract.request import Requester
from engine.contract.wire import to_json

#: Does what one verb says.
Deed = Callable[[QuotaClient, argparse.Namespace, Context], Awaitable[None]]
_USER = 'the user as "platform:id", for example telegram:12345'


def add_parser(commands: Any) -> None:
    """Add ``quota`` and its verbs to the command line."""
    parser = commands.add_parser("quota", help="look at the quotas of users, and change them")
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    show = _verb(verbs, "show", _show, "the quota of one user, or all limits")
    show.add_argument("user", metavar="USER", nargs="?", help=_USER)
    show.add_argument("--place", default="", metavar="ID", help="guild or chat that the user asks in")
    show.add_argument("--role", action="append", default=[], metavar="ID", help="a role of the user there")
    _verb(verbs, "limits", _limits, "all rules and blocks, and what config.toml says where there is none")
    for name, deed, text in (
        ("set", _set, "limit the seconds of clip that may be made in a window"),
        ("unset", _unset, "remove such a limit"),
    ):
        parser = _verb(verbs, name, deed, text)
        parser.add_argument("subject", metavar="SUBJECT", help=f'{_USER}; a platform; or "-" for everybody')
        if name == "set":
            parser.add_argument("seconds", type=seconds_or_none, metavar="SECONDS", help='or "none"')
        scopes = [str(scope) for scope in QuotaScope]
        parser.add_argument("--scope", choices=scopes, help="whom SUBJECT means; found out if left out")
        parser.add_argument("--shared", action="store_true", help="all of the scope together, not each")
        _add_window(parser)
    _add_user_verbs(verbs)


def _add_user_verbs(verbs: Any) -> None:
    grant = _verb(verbs, "grant", _grant, "give a user extra seconds")
    grant.add_argument("user", metavar="USER", help=_USER)
    grant.add_argument("seconds", type=positive_number, metavar="SECONDS")
    grant.add_argument("--key", metavar="NAME", help="a grant of the same name is given once only")
    _add_window(grant)
    for name, deed, text in (
        ("reset", _reset, "let what a user had today and this month count as nothing"),
        ("unblock", _unblock, "take requests of a user again"),
    ):
        _verb(verbs, name, deed, text).add_argument("user", metavar="USER", help=_USER)
    block = _verb(verbs, "block", _block, "take no more requests of a user")
    block.add_argument("user", metavar="USER", help=_USER)
    block.add_argument("--reason", default="", metavar="TEXT", help="a sentence for the user")
    block.add_argument("--days", type=positive_number, metavar="N", help="for so long; for good if left out")
    audit = _verb(verbs, "audit", _audit, "who changed what")
    audit.add_argument("--limit", type=positive_integer, default=50, metavar="N", help="default 50")


def _verb(verbs: Any, name: str, deed: Deed, text: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(name, help=text)
    parser.add_argument("--json", action="store_true", help="print one line of JSON")
    add_config(parser)
    parser.set_defaults(run=run, deed=deed)
    return parser


def _add_window(parser: argparse.ArgumentParser) -> None:
    windows = [str(window) for window in QuotaWindow]
    parser.add_argument("--window", choices=windows, default=str(QuotaWindow.DAY), help="default day")


async def run(args: argparse.Namespace, context: Context) -> int:
    """Do what the verb says, in the name of the person at the terminal."""
    async with open_engine(context.settings, context.environment) as client:
        await args.deed(QuotaClient(client, by=f"console:{_login_name()}"), args, context)
    return EXIT_DONE


async def _show(quotas: QuotaClient, args: argparse.Namespace, context: Context) -> None:
    if args.user is not None:
        platform, _, user_id = args.user.partition(":")
        place, roles = args.place, tuple(args.role)
        who = Requester(platform=platform, user_id=user_id, place=place, roles=roles)
        _tell(await quotas.standing(who), args, context)
    else:
        await _limits(quotas, args, context)


async def _limits(quotas: QuotaClient, args: argparse.Namespace, context: Context) -> None:
    book, said = await quotas.book(), context.replies
    if args.json:
        rules, blocks = to_json(book.rules), to_json(book.blocks)
        context.write_json({"defaults": dict(book.defaults), "rules": rules, "blocks": blocks})
        return
    context.write(said.say("quota_defaults"), *(f"  {key} = {value}" for key, value in book.defaults.items()))
    context.write(*(rule_line(rule, said) for rule in book.rules))
    context.write(*(block_line(block, said) for block in book.blocks))


async def _set(quotas: QuotaClient, args: argparse.Namespace, context: Context) -> None:
    rule = _rule(args, args.seconds)
    await quotas.set_rule(rule)
    if args.json:
        context.write_json(to_json(rule))
    else:
        context.write(rule_line(rule, context.replies))


async def _unset(quotas: QuotaClient, args: argparse.Namespace, context: Context) -> None:
    removed = await quotas.drop_rule(_rule(args, None))
    if args.json:
        context.write_json({"removed": removed})
    else:
        context.write(context.replies.say("quota_removed" if removed else "quota_not_there"))


async def _grant(quotas: QuotaClient, args: argparse.Namespace, context: Context) -> None:
    key = args.key or secrets.token_hex(8)
    _tell(await quotas.grant(args.user, args.seconds, QuotaWindow(args.window), key=key), args, context)


async def _reset(quotas: QuotaClient, args: argparse.Namespace, context: Context) -> None:
    _tell(await quotas.reset(args.user), args, context)


async def _block(quotas: QuotaClient, args: argparse.Namespace, context: Context) -> None:
    _tell(await quotas.block(args.user, reason=args.reason, days=args.days), args, context)


async def _unblock(quotas: QuotaClient, args: argparse.Namespace, context: Context) -> None:
    _tell(await quotas.unblock(args.user), args, context)


async def _audit(quotas: QuotaClient, args: argparse.Namespace, context: Context) -> None:
    entries = await quotas.audit(limit=args.limit)
    if args.json:
        context.write_json({"audit": to_json(entries)})
    else:
        context.write(*(audit_line(entry) for entry in entries))


def _tell(standing: QuotaStanding, args: argparse.Namespace, context: Context) -> None:
    if args.json:
        context.write_json(to_json(standing))
    else:
        context.write(standing.user, *(f"  {line}" for line in standing_lines(standing, context.replies)))


def _rule(args: argparse.Namespace, seconds: float | None) -> QuotaRule:
    scope = _scope(args.subject) if args.scope is None else QuotaScope(args.scope)
    window = QuotaWindow(args.window)
    return QuotaRule(scope=scope, subject=args.subject, window=window, seconds=seconds, shared=args.shared)


def _scope(subject: str) -> QuotaScope:
    """Tell from its form whom a subject means; roles and places have to be named as such."""
    if subject == NOBODY_IN_PARTICULAR:
        return QuotaScope.EVERYBODY
    return QuotaScope.USER if ":" in subject else QuotaScope.PLATFORM


def seconds_or_none(text: str) -> float | None:
    """Read a number of seconds from 0, or "none" for no limit."""
    if text == "none":
        return None
    value = float(text)
    if not (math.isfinite(value) and value >= 0):
        raise argparse.ArgumentTypeError('must be a number from 0, or "none"')
    return value


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a container without an entry for its user
        return "unknown"
