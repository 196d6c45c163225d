/** The back of a bank card: the barcode is what we ask for, the number on the front is what we never want. */
export function WhereIsBarcode({ says }: { says: string }) {
  return (
    <figure className="where">
      <svg viewBox="0 0 160 100" aria-hidden="true">
        <rect x="1" y="1" width="158" height="98" rx="9" fill="var(--blush)" stroke="var(--line)" />
        <rect x="1" y="14" width="158" height="18" fill="var(--soft)" opacity="0.5" />
        <rect x="14" y="54" width="96" height="34" rx="4" fill="#fff" stroke="var(--wine)" strokeWidth="2.5" />
        <path
          d="M22 59v18M25 59v18M30 59v18M33 59v18M39 59v18M42 59v18M46 59v18M52 59v18M55 59v18M60 59v18M66 59v18M69 59v18M75 59v18M79 59v18M85 59v18M88 59v18M93 59v18M98 59v18M102 59v18"
          stroke="#1a1014"
          strokeWidth="2"
        />
        <text x="62" y="85" fontSize="7" textAnchor="middle" fill="#1a1014">
          9968 07 000000 0
        </text>
      </svg>
      <figcaption className="hint">{says}</figcaption>
    </figure>
  )
}
