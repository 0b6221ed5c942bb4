"""How the Bot API says no: a status, and a description that clients know by heart."""

from __future__ import annotations

BAD_REQUEST = 400
UNAUTHORIZED = 401
FORBIDDEN = 403
NOT_FOUND = 404
CONFLICT = 409
TOO_MANY_REQUESTS = 429


class ApiError(Exception):
    """A refusal: the HTTP status `code`, the `description`, and seconds to wait, if any."""

    def __init__(self, code: int, description: str, *, retry_after: int | None = None) -> None:
        super().__init__(code, description)
        self.code = code
        self.description = description
        self.retry_after = retry_after


def bad_request(reason: str) -> ApiError:
    """Return the refusal of a call that asks for something wrong."""
    return ApiError(BAD_REQUEST, f"Bad Request: {reason}")


def forbidden(reason: str) -> ApiError:
    """Return the refusal of a call that the bot may not make."""
    return ApiError(FORBIDDEN, f"Forbidden: {reason}")


def conflict(reason: str) -> ApiError:
    """Return the refusal of a way to get updates that another one excludes."""
    return ApiError(CONFLICT, f"Conflict: {reason}")


def unauthorized() -> ApiError:
    """Return the answer to a well-formed token that no bot has."""
    return ApiError(UNAUTHORIZED, "Unauthorized")


def not_found() -> ApiError:
    """Return the answer to a malformed token and to an unknown method."""
    return ApiError(NOT_FOUND, "Not Found")


def too_many_requests(retry_after: int) -> ApiError:
    """Return the refusal of a bot that should wait some seconds."""
    return ApiError(
        TOO_MANY_REQUESTS,
        f"Too Many Requests: retry after {retry_after}",
        retry_after=retry_after,
    )
