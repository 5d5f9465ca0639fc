"""Logs: one JSON object per line (or a readable line in the demonstration), with the request's id, never a token.

Personal links carry their secret in the path. Every text that is logged, tracebacks included, passes
`mask_tokens`, which shows a path segment or query value of more than 20 token characters as "…". A long
course code or slug may be hidden with them; that is the cheaper mistake.
"""

import logging.config
import re
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

_SEGMENT = re.compile(r"(?<=/)[\w\-:=~%.+@]{21,}")
_QUERY_VALUE = re.compile(r"([?&][\w\-]+=)[^&\s\"']{21,}")
_EXTENSION = re.compile(r"\.[a-z]{2,5}$")


def mask_tokens(text: str) -> str:
    """The text with every long path segment and query value shown as "…"."""
    return _QUERY_VALUE.sub(r"\1…", _SEGMENT.sub(_masked_segment, text))


def _masked_segment(match: re.Match[str]) -> str:
    segment = match.group()
    if segment.endswith(".py"):  # a line of a traceback
        return segment
    extension = _EXTENSION.search(segment)
    return "…" + (extension.group() if extension else "")


def _mask(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    return {key: _mask_value(value) for key, value in event.items()}


def _mask_value(value: Any) -> Any:
    if isinstance(value, str):
        return mask_tokens(value)
    if isinstance(value, dict):
        return {key: _mask_value(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_mask_value(inner) for inner in value]
    return value


SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
]


def configure(config: dict[str, Any]) -> None:
    """Set up structlog and the library's logging. Keys: `level` (a name), `as_json` (a boolean)."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.stdlib.PositionalArgumentsFormatter(),
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    logging.config.dictConfig(_dict_config(config.get("level", "INFO"), bool(config.get("as_json", True))))


def _renderers(as_json: bool) -> list[Processor]:
    if as_json:
        return [structlog.processors.JSONRenderer(default=str, ensure_ascii=False)]
    return [structlog.dev.ConsoleRenderer(colors=False)]


def _dict_config(level: str, as_json: bool) -> dict[str, Any]:
    upwards: dict[str, Any] = {"handlers": [], "propagate": True, "level": "NOTSET"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "muster": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": [*SHARED, structlog.stdlib.ExtraAdder(allow=[])],
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.format_exc_info,
                    _mask,
                    *_renderers(as_json),
                ],
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "muster"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": upwards,
            "django.server": {**upwards, "level": "WARNING"},
            # "Not Found: /path": our own access line says it with the name of the page.
            "django.request": {**upwards, "level": "ERROR"},
            "gunicorn.error": upwards,
            "gunicorn.access": {**upwards, "level": "WARNING"},
        },
    }
