"""PDF/A-2b (ISO 19005-2): what a PDF made of pictures needs to be one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from xml.sax.saxutils import escape

from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import ImageCms

from consumers.searchable.alphabet import legible
from consumers.searchable.deflate import compressed
from consumers.searchable.wrapped import Wrapped, has_own_colours

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
<pdf:Producer>{producer}</pdf:Producer>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
_PRODUCER = "paperless-dossier"


def lack_of_archival(pictures: Iterable[Wrapped]) -> str | None:
    """Why a PDF of these pictures can not be PDF/A, None where it can."""
    if all(map(has_own_colours, pictures)):
        return None
    return "a picture is in four inks and does not say which"


def make_archival(pdf: Pdf, title: str) -> None:
    """Add to a PDF of pictures and blank text what PDF/A-2b asks for: its name, and what its colours mean."""
    title = " ".join(legible(title).split())
    packet = _XMP.format(producer=_PRODUCER, title=escape(title)).encode()
    pdf.Root.Metadata = pdf.make_indirect(Stream(pdf, packet, Type=Name.Metadata, Subtype=Name.XML))
    pdf.docinfo = pdf.make_indirect(Dictionary(Producer=String(_PRODUCER), Title=String(title)))
    profile = pdf.make_indirect(compressed(pdf, _srgb(), N=3, Alternate=Name.DeviceRGB))
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=String("sRGB"),
        Info=String("sRGB"),
        DestOutputProfile=profile,
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])


@cache
def _srgb() -> bytes:
    """The sRGB profile that Pillow's colour library makes, with no date: it writes the day's into it otherwise."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    profile[24:36] = bytes.fromhex("07e8 0001 0001 0000 0000 0000")
    profile[84:100] = bytes(16)
    return bytes(profile)
