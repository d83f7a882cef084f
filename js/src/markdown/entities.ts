/** The named characters that agents write; others are shown as they stand. */
const NAMED = new Map(
  (
    "amp & lt < gt > quot \" apos ' nbsp \u00a0 ensp \u2002 emsp \u2003 thinsp \u2009 shy \u00ad copy © reg ® trade ™ hellip … " +
    "mdash — ndash – lsquo ‘ rsquo ’ ldquo “ rdquo ” laquo « raquo » bull • middot · deg ° plusmn ± times × " +
    "divide ÷ minus − frac12 ½ frac14 ¼ frac34 ¾ sup2 ² sup3 ³ micro µ euro € pound £ yen ¥ cent ¢ sect § para ¶ " +
    "larr ← rarr → uarr ↑ darr ↓ harr ↔ rArr ⇒ lArr ⇐ hArr ⇔ ne ≠ le ≤ ge ≥ asymp ≈ infin ∞ sum ∑ prod ∏ radic √ " +
    "isin ∈ forall ∀ exist ∃ alpha α beta β gamma γ delta δ epsilon ε lambda λ mu μ pi π rho ρ sigma σ tau τ phi φ " +
    "omega ω Delta Δ Sigma Σ Omega Ω auml ä ouml ö uuml ü Auml Ä Ouml Ö Uuml Ü szlig ß aring å oslash ø aelig æ " +
    "eacute é egrave è ecirc ê agrave à acirc â ccedil ç ntilde ñ iacute í oacute ó uacute ú ocirc ô iexcl ¡ iquest ¿ " +
    "check ✓ cross ✗ star ☆ hearts ♥"
  )
    .split(/ (?=[A-Za-z])/)
    .map((pair) => [pair.slice(0, pair.indexOf(" ")), pair.slice(pair.indexOf(" ") + 1)]),
);

const REFERENCE = /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([A-Za-z][A-Za-z\d]{1,31}));/g;

/** Decodes character references once: what `&amp;lt;` stands for is `&lt;`. */
export function decodeEntities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(REFERENCE, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED.get(name) ?? whole;
    return character(decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number.parseInt(decimal, 10));
  });
}

function character(code: number): string {
  const valid = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
  return valid ? String.fromCodePoint(code) : "\ufffd";
}
