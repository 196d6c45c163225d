/** The pages that open without a network: a script each, and the ground it writes on. */
export const PAGES: readonly { script: string; title: string; body: string }[] = [
  {
    script: "pocket",
    title: "Бонусная карта",
    body: `<main class="page narrow" id="main">
<h1 id="title">Бонусная карта</h1>
<p class="lead" id="offline" role="status"></p>
<article class="pass panel-space" id="pass" hidden>
<header><b>Мила</b><span id="show"></span></header>
<div class="white"><svg id="bars" viewBox="-11 0 113 44" role="img" shape-rendering="crispEdges"><path fill="#000"></path></svg><p class="digits" id="digits"></p></div>
<section class="white qr"><svg id="qr" viewBox="0 0 33 33" role="img" shape-rendering="crispEdges"><path fill="#000"></path></svg>
<div class="timer"><progress id="left" max="30" value="30" aria-hidden="true"></progress></div><p><small id="says"></small></p></section>
<footer><span id="balance"></span><span id="balance-at"></span></footer>
</article>
<p class="row"><button class="button quiet" id="again" type="button"></button></p>
</main>`,
  },
  {
    script: "away-price",
    title: "Узнать цену",
    body: `<main class="page narrow price-check" id="main">
<h1 id="title">Узнать цену</h1>
<p class="lead" id="offline" role="status"></p>
<div class="scan" id="scan"><video id="video" muted playsinline aria-hidden="true" hidden></video>
<p class="row"><button class="button grow" id="look" type="button"></button></p><p class="soft" id="camera" role="status"></p></div>
<form class="finder" id="asked"><label class="hidden" for="ean" id="label"></label>
<input id="ean" name="ean" inputmode="numeric" autocomplete="off" maxlength="20"><button class="button small" id="check"></button></form>
<section class="panel priced" id="priced" role="status" hidden><h2 id="what"></h2><ul class="which" id="which"></ul><p class="asked"><b class="num" id="card"></b> <span id="with"></span></p>
<p id="regular"></p><p class="soft" id="before"></p><p id="until"></p><p id="stock"></p><p class="soft" id="age"></p></section>
<details class="panel priced" id="differs" hidden><summary id="differs-title"></summary><p class="soft" id="differs-says"></p>
<form class="claim" id="claim"><p class="field"><label for="till" id="till-label"></label><input id="till" inputmode="decimal" autocomplete="off" maxlength="20" required></p>
<p class="field"><label for="contact" id="contact-label"></label><input id="contact" autocomplete="tel" maxlength="100"></p>
<button class="button wide" id="send"></button></form></details>
<p class="notice" id="noted" role="status" hidden></p>
<p class="soft" id="shop"></p>
<p class="row"><button class="button quiet" id="again" type="button"></button></p>
</main>`,
  },
  {
    script: "away-shops",
    title: "Магазины",
    body: `<main class="page shops" id="main">
<div class="shops-head"><h1 id="title">Магазины</h1>
<p class="lead" id="offline" role="status"></p>
<form class="finder" id="asked" role="search"><label class="hidden" for="q" id="label"></label>
<input id="q" type="search" maxlength="80"><button class="button small" id="find"></button></form>
<p class="pills"><label><input type="checkbox" id="open"> <span id="open-label"></span></label></p></div>
<div class="shops-list"><p class="found soft" id="count" role="status"></p><ul class="shop-rows" id="rows"></ul></div>
<div class="shops-map"><div class="map" id="map" role="application" tabindex="0"></div></div>
<p class="row"><button class="button quiet" id="again" type="button"></button></p>
</main>`,
  },
]
