"""Charts in Word as vectors: an SVG beside the PNG that older programs show.

Word writes such pictures itself since 2016: the reference to the SVG is an extension of
the picture's `a:blip`, which programs that don't know it pass over.
"""

from __future__ import annotations

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.parts.document import DocumentPart
from lxml import etree

from tracker.reports.charts import FONT

CONTENT_TYPE = "image/svg+xml"
NAMESPACE = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_KNOWN_BY = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"  # how the extension is named, by its inventor


def add(part: DocumentPart, shape: etree._Element, name: str, svg: str, font: str) -> None:
    """Gives a picture (``shape``, with its PNG in it) its SVG, as a part ``name`` of the file.

    Word may not have the fonts of our charts, and would then take any other: the chart is
    set in ``font``, that of the text around it.
    """
    data = svg.replace(FONT, f"{font}, sans-serif").encode()
    own = Part(PackURI(f"/word/media/{name}.svg"), CONTENT_TYPE, data, part.package)
    reference = part.relate_to(own, RT.IMAGE)
    extensions = parse_xml(
        f'<a:extLst {nsdecls("a", "r")}><a:ext uri="{_KNOWN_BY}">'
        f'<asvg:svgBlip xmlns:asvg="{NAMESPACE}" r:embed="{reference}"/></a:ext></a:extLst>'
    )
    next(shape.iter(qn("a:blip"))).append(extensions)
