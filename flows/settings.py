"""The settings that a command runs with, and how a wrong one is told."""

from typing import Any

from flows.errors import CommandError
from flows.messages import say
from pipeline.settings import SettingError, Settings


def settings_of_environment(**given: Any) -> Settings:
    """Return the settings of the environment, but for those given; raises CommandError."""
    try:
        return Settings.of_environment(**given)
    except SettingError as error:
        raise CommandError(wrong_setting(error)) from error


def wrong_setting(error: SettingError) -> str:
    """Return what is wrong with a variable, in the language of this process."""
    wanted = say(f"error.setting.{error.wanted}")
    return say("error.setting", variable=error.variable, value=error.value, wanted=wanted)
