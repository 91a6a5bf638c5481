"""Entry point of the `phuluc` command: the moment before the program is loaded is covered, too."""

import gc
import signal

# Looking for rings of garbage at every 700 new objects, as is usual, costs a sixth of the time of a
# long file, and a tenth of that of loading the program: what is read are trees, which go when they
# are let go.
_COLLECT_AFTER = 100_000


def main() -> None:
    """Run the command line. Ctrl-C ends the process without a word until it has been loaded."""
    gc.set_threshold(_COLLECT_AFTER, 10, 10)
    interruptible = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if interruptible:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from flows.cli import main as run  # noqa: PLC0415  after the signal

    gc.freeze()  # what is loaded stays, and need not be looked through

    if interruptible:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    run()
