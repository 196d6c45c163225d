import { createHash } from "node:crypto"

/** The landing page's whole look: no file, font or script is fetched from anywhere. */
export const STYLE = `
:root{color-scheme:light dark;--paper:#faf6f0;--ink:#231a1e;--soft:#6d5d63;--line:#e4d9cf;--wine:#8c1f45;--card:#fffdfa;--mint:#dff0e6;--leaf:#1d5f43}
@media (prefers-color-scheme:dark){:root{--paper:#191416;--ink:#f5ece6;--soft:#b9a7a9;--line:#3a2f33;--wine:#ff8fb0;--card:#221b1e;--mint:#17342a;--leaf:#9adcbb}}
*{box-sizing:border-box;margin:0}
body{background:var(--paper);color:var(--ink);font:1.0625rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;min-height:100vh;display:flex;flex-direction:column}
a{color:var(--wine);text-underline-offset:.2em}
a:focus-visible{outline:3px solid var(--wine);outline-offset:3px;border-radius:2px}
header,main,footer{width:100%;max-width:72rem;margin-inline:auto;padding-inline:clamp(1.25rem,5vw,3rem)}
header{display:flex;justify-content:space-between;align-items:center;gap:1rem;padding-block:1.5rem}
.mark{font:700 1.5rem/1 Georgia,"Times New Roman",serif;letter-spacing:-.02em;color:var(--ink);text-decoration:none}
.mark i{color:var(--wine);font-style:normal}
nav ul{display:flex;gap:.25rem;list-style:none;padding:0}
nav a{display:block;padding:.5rem .75rem;border-radius:2rem;text-decoration:none;color:var(--soft);font-size:.9375rem}
nav a[aria-current]{background:var(--card);color:var(--ink);box-shadow:inset 0 0 0 1px var(--line)}
main{flex:1;padding-block:clamp(1.5rem,6vw,4.5rem)}
.open{display:grid;gap:clamp(2.5rem,6vw,5rem);align-items:center}
h1{font:600 clamp(2rem,6.2vw,3.6rem)/1.08 Georgia,"Times New Roman",serif;letter-spacing:-.025em;text-wrap:balance;overflow-wrap:anywhere}
.lead{margin-top:1.25rem;font-size:clamp(1.0625rem,2.2vw,1.25rem);color:var(--soft);max-width:36rem;text-wrap:pretty}
.slip{background:var(--card);border:1px solid var(--line);border-radius:.25rem;padding:1.5rem 1.5rem 1.75rem;max-width:24rem;width:100%;justify-self:center;
 box-shadow:0 1.5rem 3rem -1.5rem rgb(80 20 40/.25);transform:rotate(-1.2deg);font-variant-numeric:tabular-nums}
.slip dl{display:grid;grid-template-columns:1fr auto;gap:.35rem 1rem;font-size:.9375rem}
.slip dt{color:var(--soft)}
.slip dd{margin:0;text-align:right}
.slip hr{grid-column:1/-1;border:0;border-top:1px dashed var(--line);margin:.5rem 0;width:100%}
.big{font:600 2.25rem/1.1 Georgia,serif;color:var(--leaf);margin-top:1rem}
.big small{font:400 .9375rem/1.4 system-ui,sans-serif;color:var(--soft);display:block;margin-top:.25rem}
.why{margin-top:1rem;background:var(--mint);color:var(--leaf);padding:.75rem 1rem;border-radius:.5rem;font-size:.9375rem}
.why b{display:block;font-size:.8125rem;font-weight:600}
h2{font:600 1.375rem/1.2 Georgia,serif;margin-top:clamp(3rem,8vw,5.5rem)}
.doors{display:grid;gap:1.75rem;margin-top:1.5rem;padding:0;list-style:none}
.doors li{border-top:2px solid var(--ink);padding-top:1rem;display:flex;flex-direction:column}
.doors h3{font:600 1.1875rem/1.3 system-ui,sans-serif}
.doors p{color:var(--soft);margin:.35rem 0 .75rem;flex:1;text-wrap:pretty}
.doors a{align-self:start;padding-block:.5rem;font-weight:550}
.soon{margin-top:3rem;color:var(--soft)}
footer{padding-block:1.5rem 2rem;color:var(--soft);font-size:.9375rem}
@media (min-width:52rem){.open{grid-template-columns:1.25fr .75fr}.doors{grid-template-columns:repeat(3,1fr);gap:2.5rem}.slip{justify-self:end}}
@media (prefers-reduced-motion:no-preference){.slip{transition:transform .4s}.slip:hover{transform:none}}
`

const HASH = createHash("sha256").update(STYLE).digest("base64")

/** Nothing but this very style may load. */
export const POLICY = `default-src 'none'; style-src 'sha256-${HASH}'; img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`
