"""`phuluc web`: the office's pages, and the accounts of who may use them from other machines."""

from pathlib import Path
from typing import Annotated

import typer

from flows.command import Lang, Out, errors, make_folder
from flows.errors import CommandError
from flows.messages import helps, say

app = typer.Typer(
    help=say("help.web"),
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
users = typer.Typer(help=say("help.web_user"), no_args_is_help=True)
app.add_typer(users, name="user")

_MaybeOut = Annotated[Path | None, typer.Option("--out", "-o", metavar="DIR", help=say("help.out"))]
_Inbox = Annotated[Path | None, typer.Option("--inbox", metavar="DIR", help=say("help.web_inbox"))]
_Port = Annotated[int | None, typer.Option("--port", metavar="PORT", help=say("help.web_port"))]
_Host = Annotated[str | None, typer.Option("--host", metavar="NAME", help=say("help.web_host"))]
_TwoPeople = Annotated[bool, typer.Option("--second-person", help=say("help.web_second_person"))]
_Name = Annotated[str, typer.Argument(metavar="NAME", help=say("help.web_user_name"))]


@app.callback()
def serve(  # noqa: PLR0913, PLR0917
    context: typer.Context,
    out: _MaybeOut = None,
    inbox: _Inbox = None,
    port: _Port = None,
    host: _Host = None,
    second_person: _TwoPeople = False,
    lang: Lang = None,  # noqa: ARG001
) -> None:
    """Serve the pages, unless a command of its own is called."""
    if context.invoked_subcommand is not None:
        return
    with errors():
        if out is None:
            raise CommandError("out_missing")
        make_folder(out)
        from web.serve import serve_pages  # noqa: PLC0415  Starlette, Jinja2: 1 s at start-up

        serve_pages(out, inbox, port, host, two_people=second_person)


@users.command("add", **helps(say("help.web_user_add")))
def add(name: _Name, out: Out, lang: Lang = None) -> None:  # noqa: ARG001, D103
    from web.access.accounts import SHORTEST, Accounts  # noqa: PLC0415

    with errors():
        make_folder(out)
        password = typer.prompt(
            say("web.password", least=SHORTEST),
            hide_input=True,
            confirmation_prompt=say("web.password_again"),
        )
        Accounts(out).add(name, password)
    typer.echo(say("web.user_added", name=name))


@users.command("remove", **helps(say("help.web_user_remove")))
def remove(name: _Name, out: Out, lang: Lang = None) -> None:  # noqa: ARG001, D103
    from web.access.accounts import Accounts  # noqa: PLC0415

    with errors():
        Accounts(out).remove(name)
    typer.echo(say("web.user_removed", name=name))


@users.command("list", **helps(say("help.web_user_list")))
def show(out: Out, lang: Lang = None) -> None:  # noqa: ARG001, D103
    from web.access.accounts import Accounts  # noqa: PLC0415

    with errors():
        for name in Accounts(out).names():
            typer.echo(name)
