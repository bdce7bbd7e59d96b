"""axe in a page: what it finds wrong, and whether the page scrolls sideways."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT

OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # of what passes nothing is gathered or sent
}
LOOK = """async options => {
  const found = (await axe.run(document, options)).violations.map(
    rule => `${rule.id}: ${rule.nodes.slice(0, 3).map(node => node.html.slice(0, 200)).join(" | ")}`
  );
  const root = document.documentElement;
  const wide = root.scrollWidth - root.clientWidth;
  return wide > 0 ? [...found, `${wide} px too wide at ${innerWidth}`] : found;
}"""


def problems(page) -> list[str]:
    """Empty where all is well."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(LOOK, OPTIONS)
