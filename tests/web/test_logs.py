import json
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.web.logs import _dict_config, mask_tokens

TOKEN = "q7Zr_9XbT2mPzYd0-kLwVnSaEuHgJcFiR5oB1tC3xM8"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"/evaluate/{TOKEN}/", "/evaluate/…/"),
        (f"GET /calendar/{TOKEN}.ics 200", "GET /calendar/….ics 200"),
        (f"/confirm/{TOKEN}?next=/a", "/confirm/…?next=/a"),
        (f"/x/?token={TOKEN}&page=2", "/x/?token=…&page=2"),
        (f"/sign/{TOKEN}:1abcde:{TOKEN}/", "/sign/…/"),
        ("/courses/neglect/", "/courses/neglect/"),
        (
            'File "/srv/training/web/middleware_of_requests.py", line 3',
            'File "/srv/training/web/middleware_of_requests.py", line 3',
        ),
    ],
)
def test_mask_tokens_hides_secrets_and_leaves_the_rest(text: str, shown: str) -> None:
    assert mask_tokens(text) == shown


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-", min_size=21, max_size=90))
def test_mask_tokens_never_shows_a_token_in_a_path(token: str) -> None:
    assert token not in mask_tokens(f"Internal Server Error: /evaluate/{token}/answers")


def test_logs_are_json_with_masked_values_and_tracebacks() -> None:
    config = _dict_config("INFO", as_json=True)["formatters"]["muster"]
    formatter = config.pop("()")(**config)
    try:
        raise RuntimeError(f"/evaluate/{TOKEN}/")
    except RuntimeError as error:
        trouble = (type(error), error, error.__traceback__)
    record = logging.LogRecord("muster", logging.ERROR, __file__, 1, "Failed: %s", (f"/evaluate/{TOKEN}/",), trouble)

    line = formatter.format(record)

    assert TOKEN not in line
    assert json.loads(line)["event"] == "Failed: /evaluate/…/"
    assert json.loads(line)["level"] == "error"
    assert "RuntimeError" in json.loads(line)["exception"]
