import type { Sentences } from "./explain.ts"

export const RU: Sentences = {
  base: ({ number, points, rule, version }, { money, rate, points: counted }) =>
    `${money(number("amount"))} × ${rate(number("rate"))}: ${counted(points)} после округления по чеку. Правило «${rule}», версия ${version}.`,
  multiplier: ({ number, points, rule, version }, { times, money, rate, points: counted }) =>
    `Акция «${rule}» (${times(number("times"))}) добавила к ${rate(number("rate"))} от ${money(number("amount"))} ещё ${counted(points)}. Версия ${version}.`,
  fixed: ({ number, points, rule, version }, { number: plain, ofPoints }) =>
    `Акция «${rule}» за покупку: на этот товар пришлось ${plain(points)} из ${ofPoints(number("total"))}. Версия ${version}.`,
  fixed_piece: ({ number, points, rule, version }, { number: spelt, points: counted }) =>
    `Акция «${rule}»: ${spelt(number("pieces"))} шт. × ${counted(number("each"))}, всего ${counted(points)}. Версия ${version}.`,
  threshold: ({ number, points, rule, version }, { number: plain, money, ofPoints }) =>
    `Акция «${rule}»: сумма ${money(number("reached"))} достигла ${money(number("from"))}, на этот товар пришлось ${plain(points)} из ${ofPoints(number("total"))}. Версия ${version}.`,
  no_certificate: () => "За покупку подарочного сертификата бонусы не начисляются.",
  no_delivery: () => "Доставка: за неё бонусы не начисляются.",
  no_excluded: () => "Товар отмечен на кассе как не участвующий в программе, поэтому бонусов за него нет.",
  no_category: ({ text }) => `Категория «${text("category")}» не участвует в программе, поэтому бонусов за товар нет.`,
  no_brand: ({ text }) => `Бренд «${text("brand")}» не участвует в программе, поэтому бонусов за товар нет.`,
  no_price: () => "Товар достался бесплатно, начислять не на что.",
  no_money: () => "Товар полностью оплачен бонусами или сертификатом, начислять не на что.",
  no_rule: ({ version }) => `Ни одно правило начисления не подошло к этому товару. Версия ${version}.`,
  no_rate: ({ number, rule, version }, { money }) =>
    `${money(number("amount"))} × 0\u00a0%: по правилу «${rule}» бонусы не начисляются. Версия ${version}.`,
  rounded_to_zero: ({ number, rule, version }, { money, rate }) =>
    `${money(number("amount"))} × ${rate(number("rate"))} — меньше целого бонуса, и после округления по чеку на этот товар не пришлось ничего. Правило «${rule}», версия ${version}.`,
  no_earner_own_till: () => "Карта сотрудника на его собственной кассе: бонусы за этот чек не начисляются.",
  no_tender: ({ text }, { tender }) => `Чек оплачен ${tender(text("tender"))}: по правилам программы бонусы за него не начисляются.`,
  paid_otherwise: ({ number }, { money }) => {
    const parts = [
      number("points") > 0 ? `бонусами — ${money(number("points"))}` : "",
      number("certificate") > 0 ? `сертификатом — ${money(number("certificate"))}` : "",
    ].filter((part) => part !== "")
    return `Бонусы начисляются только на то, что оплачено деньгами. Оплачено ${parts.join(", ")}.`
  },
  receipt_rounding: ({ number, points }, { number: spelt, points: counted }) =>
    `Точная сумма по чеку ${spelt(number("exact"))} округлена вниз, получилось ${counted(points)}. Целые бонусы разделены между товарами без остатка.`,
  budget_short: ({ number, points, rule }, { number: plain, ofPoints }) =>
    `Бюджет акции «${rule}» заканчивается: из ${ofPoints(number("wanted"))} осталось ${plain(points)}, и все они достались этому чеку.`,
  budget_spent: ({ number, rule }, { ofPoints }) =>
    `Бюджет акции «${rule}» исчерпан, поэтому она не добавила ${ofPoints(number("wanted"))}.`,
  threshold_missed: ({ number, rule }, { money }) =>
    `До акции «${rule}» не хватило ${money(number("from") - number("reached"))}: нужно ${money(number("from"))}, есть ${money(number("reached"))}.`,
  outdone: ({ rule, text }) => `Акция «${rule}» не складывается с акцией «${text("by")}»: действует та, что выгоднее.`,
  activates: ({ text, points }, { day, points: counted }) =>
    `${counted(points)}: можно потратить с ${day(text("from"))} по ${day(text("to"))} включительно.`,
  redeemed: ({ number, points }, { money, points: counted }) => `В счёт товара за ${money(number("amount"))} списано: ${counted(points)}.`,
  redeem_certificate: () => "Подарочный сертификат нельзя оплатить бонусами.",
  redeem_delivery: () => "Доставку нельзя оплатить бонусами.",
  redeem_excluded: () => "Товар отмечен на кассе как не участвующий в программе, бонусами его не оплатить.",
  redeem_category: ({ text }) => `Товары категории «${text("category")}» нельзя оплатить бонусами.`,
  redeem_brand: ({ text }) => `Товары бренда «${text("brand")}» нельзя оплатить бонусами.`,
  redeem_discounted: ({ number }, { rate }) =>
    `Товар уже продаётся со скидкой ${rate(number("discount"))}. При скидке от ${rate(number("from"))} бонусы не списываются.`,
  redeem_min_price: ({ number }, { money }) =>
    `Товар нельзя продать дешевле ${money(number("floor"))}, поэтому бонусы на него не списываются.`,
  redeem_receipt_cap: ({ number }, { rate, money, points: counted }) =>
    `Бонусами можно оплатить до ${rate(number("cap"))} стоимости товаров чека. От ${money(number("total"))} это ${counted(number("most"))}.`,
  redeem_line_caps: ({ number }, { points: counted }) =>
    `Больше товары этого чека не принимают: у каждого свой предел, вместе — ${counted(number("most"))}.`,
  redeem_balance: ({ number }, { points: counted }) => `На счёте доступно ${counted(number("available"))}, больше списать нельзя.`,
  redeem_minimum: ({ number }, { points: counted }) =>
    `Списать можно не меньше, чем ${counted(number("minimum"))}. Здесь выходит ${counted(number("most"))}.`,
  redeem_step: ({ number }, { points: counted }) => `Шаг списания — ${counted(number("step"))}, остаток округлён вниз.`,
  redeem_presence: ({ text }, { presence }) =>
    `Чтобы списать бонусы, нужно подтверждение: код из приложения или SMS. Пока ${presence(text("presence"))}.`,
  redeem_tender: ({ text }, { tender }) => `Если остаток оплачивается ${tender(text("tender"))}, списать бонусы нельзя.`,
  redeem_nothing: () => "В чеке нет товаров, которые можно оплатить бонусами.",
  clawed: ({ number, points }, { number: plain, quantity, ofPoints }) =>
    `Возвращено ${quantity(number("returned"))} из ${quantity(number("sold"))}: сняты бонусы, начисленные за эту часть, — ${plain(points)} из ${ofPoints(number("earned"))}.`,
  restored: ({ number, points }, { number: plain, quantity, ofPoints }) =>
    `Возвращено ${quantity(number("returned"))} из ${quantity(number("sold"))}: бонусы, списанные за эту часть, снова на счёте — ${plain(points)} из ${ofPoints(number("redeemed"))}.`,
  clawed_pending: ({ points }, { points: counted }) => `Из ожидающих бонусов снято: ${counted(points)}.`,
  clawed_available: ({ points }, { points: counted }) => `Из доступных бонусов снято: ${counted(points)}.`,
  clawed_owed: ({ points }, { points: counted }) =>
    `На счёте не хватило, записано в долг: ${counted(points)}. Его погасят следующие начисления.`,
  clawed_exposed: ({ points }, { points: counted }) => `На счёте не хватило, сеть взяла на себя: ${counted(points)}.`,
}
