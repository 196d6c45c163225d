import type { Localized } from "@mila/kernel"
import type { ApiCode } from "./refusals.ts"

const said = (ru: string, be: string, en: string): Localized => ({ ru, be, en })

/** What a cashier or an integrator reads, for every code. */
export const SAYINGS: Record<ApiCode, Localized> = {
  signature_missing: said("Запрос не подписан.", "Запыт не падпісаны.", "The request is not signed."),
  signature_malformed: said("Подпись запроса не читается.", "Подпіс запыту не чытаецца.", "The signature cannot be read."),
  signature_incomplete: said(
    "Подписано не всё, что должно быть подписано.",
    "Падпісана не ўсё, што павінна быць падпісана.",
    "Something that must be signed is not signed.",
  ),
  signature_expired: said(
    "Подпись устарела: проверьте часы кассы.",
    "Подпіс састарэў: праверце гадзіннік касы.",
    "The signature is too old or too new: check the till’s clock.",
  ),
  signature_wrong: said("Подпись не подходит к ключу.", "Подпіс не падыходзіць да ключа.", "The signature does not match the key."),
  digest_wrong: said(
    "Тело запроса не то, что подписано.",
    "Цела запыту не тое, што падпісана.",
    "The body is not the one that was signed.",
  ),
  key_unknown: said(
    "Ключ кассы неизвестен или отозван.",
    "Ключ касы невядомы або адкліканы.",
    "The till’s key is unknown or has been revoked.",
  ),
  unreadable: said("Запрос не удалось прочитать.", "Запыт не ўдалося прачытаць.", "The request could not be read."),
  idempotency_key_missing: said(
    "Нужен заголовок Idempotency-Key.",
    "Патрэбны загаловак Idempotency-Key.",
    "An Idempotency-Key header is required.",
  ),
  idempotency_mismatch: said(
    "Этот ключ уже использован для другого запроса.",
    "Гэты ключ ужо выкарыстаны для іншага запыту.",
    "This key has already been used for another request.",
  ),
  in_flight: said("Такой запрос уже выполняется.", "Такі запыт ужо выконваецца.", "This request is already being processed."),
  media_type_unsupported: said("Нужен application/json.", "Патрэбны application/json.", "application/json is required."),
  body_too_large: said("Запрос слишком большой.", "Запыт занадта вялікі.", "The request is too large."),
  method_not_allowed: said("Этот адрес так не вызывают.", "Гэты адрас так не выклікаюць.", "This address does not answer that method."),
  not_found: said("Такого адреса нет.", "Такога адраса няма.", "There is nothing at this address."),
  too_many_requests: said("Касса спрашивает слишком часто.", "Каса пытаецца занадта часта.", "This till asks too often."),
  unavailable: said(
    "Лояльность временно недоступна: продавайте, чек дошлите позже.",
    "Лаяльнасць часова недаступная: прадавайце, чэк дашліце пазней.",
    "Loyalty is temporarily unavailable: keep selling and send the receipt later.",
  ),
  internal: said("Ошибка на нашей стороне.", "Памылка на нашым баку.", "Something went wrong on our side."),
  bank_card_number: said(
    "Это номер банковской карты: его нельзя присылать. Нужен 13-значный штрихкод.",
    "Гэта нумар банкаўскай карткі: яго нельга дасылаць. Патрэбны 13-значны штрыхкод.",
    "This is a bank card number, which must not be sent. Use the 13-digit barcode.",
  ),
  enrolment_code_invalid: said(
    "Код регистрации кассы не подходит.",
    "Код рэгістрацыі касы не падыходзіць.",
    "The enrolment code is not valid.",
  ),
  public_key_invalid: said("Это не ключ Ed25519.", "Гэта не ключ Ed25519.", "This is not an Ed25519 key."),
  not_your_shop: said(
    "Касса действует только за свой магазин и под своим номером.",
    "Каса дзейнічае толькі за сваю краму і пад сваім нумарам.",
    "A till acts for its own shop and number only.",
  ),
  shop_not_found: said("Такого магазина нет.", "Такой крамы няма.", "There is no such shop."),
  till_exists: said("Такая касса уже есть.", "Такая каса ўжо ёсць.", "This till already exists."),
  till_not_found: said("Такой кассы нет.", "Такой касы няма.", "There is no such till."),
  card_unknown: said("Карта не найдена.", "Картка не знойдзена.", "Card not found."),
  card_blocked: said("Карта заблокирована.", "Картка заблакіравана.", "The card is blocked."),
  spend_locked: said(
    "Владелец карты закрыл списание бонусов. Открыть его можно в личном кабинете.",
    "Уладальнік карткі закрыў спісанне бонусаў. Адкрыць яго можна ў асабістым кабінеце.",
    "The cardholder has locked spending of points. They can unlock it in their account.",
  ),
  spend_rests: said(
    "Владелец карты недавно менял телефон, почту или пароль: бонусы можно будет списать через сутки после этого.",
    "Уладальнік карткі нядаўна змяняў тэлефон, пошту або пароль: бонусы можна будзе спісаць праз суткі пасля гэтага.",
    "The cardholder has changed their phone, e-mail or password lately: points can be spent a day after that.",
  ),
  look_up_budget_spent: said(
    "Слишком много неизвестных карт: подождите.",
    "Зашмат невядомых картак: пачакайце.",
    "Too many unknown cards: wait a while.",
  ),
  confirmation_required: said(
    "Для списания нужен код из приложения или из SMS.",
    "Для спісання патрэбны код з праграмы або з SMS.",
    "To pay with points, ask for the code in the app or by SMS.",
  ),
  confirmation_invalid: said("Код не подходит.", "Код не падыходзіць.", "The code is not valid."),
  confirmation_too_soon: said(
    "Код уже отправлен: подождите минуту.",
    "Код ужо адпраўлены: пачакайце хвіліну.",
    "A code has already been sent: wait a minute.",
  ),
  rotating_code_invalid: said(
    "Код с телефона не подходит: обновите экран карты.",
    "Код з тэлефона не падыходзіць: абнавіце экран карткі.",
    "The phone’s code is not valid: refresh the card screen.",
  ),
  rotating_code_used: said(
    "Код уже использован: дождитесь нового.",
    "Код ужо выкарыстаны: дачакайцеся новага.",
    "This code has already been used: wait for the next one.",
  ),
  rotating_code_locked: said(
    "Слишком много неверных кодов: подождите.",
    "Зашмат няправільных кодаў: пачакайце.",
    "Too many wrong codes: wait a while.",
  ),
  quote_invalid: said(
    "Расчёт не подходит к этой покупке.",
    "Разлік не падыходзіць да гэтай пакупкі.",
    "The quote is not for this purchase.",
  ),
  quote_expired: said("Расчёт устарел: рассчитайте снова.", "Разлік састарэў: разлічыце зноў.", "The quote has expired: calculate again."),
  not_enough_points: said("Бонусов не хватает.", "Бонусаў не хапае.", "Not enough points."),
  too_many_points_for_basket: said(
    "На эту покупку столько списать нельзя.",
    "На гэтую пакупку столькі спісаць нельга.",
    "You cannot use this many points on this purchase.",
  ),
  points_out_of_range: said("Столько бонусов списать нельзя.", "Столькі бонусаў спісаць нельга.", "This many points cannot be used."),
  points_below_minimum: said(
    "Это меньше минимума, который можно списать за раз.",
    "Гэта менш за мінімум, які можна спісаць за раз.",
    "This is less than the minimum you can use at once.",
  ),
  points_not_in_step: said(
    "Столько бонусов списать нельзя: число не кратно шагу списания.",
    "Столькі бонусаў спісаць нельга: лік не кратны кроку спісання.",
    "This many points cannot be used: not a multiple of the step.",
  ),
  nothing_redeemable: said(
    "На эти товары бонусы не списываются.",
    "На гэтыя тавары бонусы не спісваюцца.",
    "These goods cannot be paid for with points.",
  ),
  tender_cannot_redeem: said(
    "При такой оплате бонусы не списываются.",
    "Пры такой аплаце бонусы не спісваюцца.",
    "Points cannot be used with this payment method.",
  ),
  proof_needed: said(
    "Для списания нужен код из приложения или из SMS.",
    "Для спісання патрэбны код з праграмы або з SMS.",
    "To pay with points, ask for the code in the app or by SMS.",
  ),
  redemption_conflict: said("Такое списание уже есть.", "Такое спісанне ўжо ёсць.", "This redemption already exists."),
  redemption_not_found: said("Такого списания нет.", "Такога спісання няма.", "There is no such redemption."),
  redemption_captured: said("Списание уже в чеке.", "Спісанне ўжо ў чэку.", "These points are already on a receipt."),
  receipt_not_found: said("Такого чека нет.", "Такога чэка няма.", "There is no such receipt."),
  receipt_is_a_return: said(
    "Возврат не отменить: пробейте продажу.",
    "Вяртанне не адмяніць: прабіце продаж.",
    "A return cannot be cancelled: ring up a sale instead.",
  ),
  quarantine_not_found: said("Такой записи нет.", "Такога запісу няма.", "There is no such item."),
  quarantine_decided: said("Уже решено.", "Ужо вырашана.", "This has already been decided."),
  quarantine_not_releasable: said("Такой чек нельзя провести.", "Такі чэк нельга правесці.", "This receipt cannot be released as it is."),
}
