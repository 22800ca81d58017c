"""How much a submission may hold; more is a sentence, never a crash (A46, A51, A56)."""

from __future__ import annotations

MEGABYTE = 1024 * 1024

MAX_TEXT_BYTES = 1 * MEGABYTE
MAX_PHOTOS = 9
MAX_PHOTO_BYTES = 25 * MEGABYTE
MAX_DOCUMENTS = 3
MAX_DOCUMENT_BYTES = 20 * MEGABYTE
MAX_FILES = 200
# Of one unit's links in a day (A56), and of one link at any time.
UNIT_DAY_BYTES = 200 * MEGABYTE
MOST_FILES_A_DAY = 400
MOST_NEW_A_DAY = 60
MOST_OPEN_DRAFTS = 20
MAX_FOLDER_BYTES = 400 * MEGABYTE

# Phones of today take 108 and 200 megapixels; JPEG is read at a fraction of its size.
MAX_JPEG_PIXELS = 210_000_000
# What must be unpacked whole: 36 megapixels are 144 MB, held up to three times.
MAX_WHOLE_PIXELS = 36_000_000

LONG_SIDE = 1280
SMALL_SIDE = 800
