"""A file that a browser sends with a form, read into memory and never onto a disk.

The form parser of the server puts what is larger than a megabyte into a temporary file; what is sent here
holds identity numbers, and a deleted file can be read again. So the whole of it stays in memory, and what is
larger than it may be is not read to its end.
"""

from collections.abc import AsyncGenerator

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from clinic.errors import ClinicError

_FRAME = 64 * 1024
"""Bytes that the form around the file may have."""


class UploadError(ClinicError):
    """A body that is no form with a file, or one that is too large."""


class _InMemory(MultiPartParser):
    spool_max_size = 0
    """For Python's ``SpooledTemporaryFile`` nothing is too large for memory then."""


async def form_with_file(request: Request, largest: int) -> FormData:
    """The fields of the form and one file of at most ``largest`` bytes. Raises ``UploadError``."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise UploadError("This is no form with a file.")
    parser = _InMemory(request.headers, _no_more_than(request, largest + _FRAME), max_files=1, max_fields=20)
    try:
        return await parser.parse()
    except MultiPartException as cause:
        raise UploadError("This form cannot be read; choose the file again.") from cause


async def content_of(form: FormData, name: str) -> bytes:
    """The bytes of the file; none where no file was chosen. What the browser calls it is not looked at."""
    file = form.get(name)
    return await file.read() if isinstance(file, UploadFile) else b""


async def _no_more_than(request: Request, largest: int) -> AsyncGenerator[bytes, None]:
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > largest:
            raise UploadError("This file is larger than the clinic takes.")
        yield part
