"""Entry point of the `phuluc` command: the moment before the program is loaded is covered, too."""

import signal


def main() -> None:
    """Run the command line. Ctrl-C ends the process without a word until it has been loaded."""
    interruptible = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if interruptible:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from flows.cli import main as run  # noqa: PLC0415  after the signal

    if interruptible:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    run()
