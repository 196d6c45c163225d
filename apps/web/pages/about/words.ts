import type { Locale } from "@mila/kernel"
import type { CookieName } from "../../visit.ts"

type AboutWords = Record<
  | "title"
  | "lead"
  | "name"
  | "address"
  | "number"
  | "registered"
  | "register"
  | "hours"
  | "phone"
  | "email"
  | "complaints"
  | "privacy"
  | "privacySays"
  | "since"
  | "cookies"
  | "cookiesSays",
  string
> & { kept: Readonly<Record<CookieName, string>> }

/** Who sells, and what is done with people's data. The names of cookies are those the pages set. */
export const ABOUT: Readonly<Record<Locale, AboutWords>> = {
  ru: {
    title: "О магазине и продавце",
    lead: "Кто продаёт, как с нами связаться и что мы делаем с персональными данными.",
    name: "Продавец",
    address: "Адрес",
    number: "УНП",
    registered: "Регистрация",
    register: "Торговый реестр",
    hours: "Режим работы",
    phone: "Телефон",
    email: "Почта",
    complaints: "Обращения покупателей",
    privacy: "Персональные данные",
    privacySays:
      "Каждая цель обработки описана отдельно: кто, что, зачем и как долго. На рекламу и личные предложения согласие дают отдельно и отзывают одним касанием.",
    since: "действует с {day}",
    cookies: "Файлы cookie",
    cookiesSays: "Только то, без чего страницы не работают. Рекламных и сторонних cookie нет, ваши действия на других сайтах мы не видим.",
    kept: {
      session: "вход в личный кабинет",
      device: "различает браузеры: избранное гостя и защита входа, 400\u00a0дней",
      flow: "шаг, на котором вы остановились при входе или регистрации",
      view: "крупный вид",
      shop: "ваш магазин",
      zone: "регион объявления, по которому вы пришли, на день",
      seen: "товары, которые вы смотрели",
      liked: "избранное гостя не пустое",
      child: "шаг, на котором остановилось согласие представителя",
      owner: "шаг, на котором вы подтверждаете, что кабинет ваш",
    },
  },
  be: {
    title: "Пра краму і прадаўца",
    lead: "Хто прадае, як з намі звязацца і што мы робім з персанальнымі данымі.",
    name: "Прадавец",
    address: "Адрас",
    number: "УНП",
    registered: "Рэгістрацыя",
    register: "Гандлёвы рэестр",
    hours: "Рэжым працы",
    phone: "Тэлефон",
    email: "Пошта",
    complaints: "Звароты пакупнікоў",
    privacy: "Персанальныя даныя",
    privacySays:
      "Кожная мэта апрацоўкі апісана асобна: хто, што, навошта і як доўга. На рэкламу і асабістыя прапановы згоду даюць асобна і адклікаюць адным дотыкам.",
    since: "дзейнічае з {day}",
    cookies: "Файлы cookie",
    cookiesSays:
      "Толькі тое, без чаго старонкі не працуюць. Рэкламных і старонніх cookie няма, вашых дзеянняў на іншых сайтах мы не бачым.",
    kept: {
      session: "уваход у асабісты кабінет",
      device: "адрознівае браўзеры: абранае госця і ахова ўваходу, 400\u00a0дзён",
      flow: "крок, на якім вы спыніліся пры ўваходзе ці рэгістрацыі",
      view: "буйны выгляд",
      shop: "ваша крама",
      zone: "рэгіён аб’явы, па якой вы прыйшлі, на дзень",
      seen: "тавары, якія вы глядзелі",
      liked: "абранае госця не пустое",
      child: "крок, на якім спынілася згода прадстаўніка",
      owner: "крок, на якім вы пацвярджаеце, што кабінет ваш",
    },
  },
  en: {
    title: "About the shop and the seller",
    lead: "Who the seller is, how to reach us and what we do with personal data.",
    name: "Seller",
    address: "Address",
    number: "Taxpayer number (УНП)",
    registered: "Registration",
    register: "Trade Register",
    hours: "Opening hours",
    phone: "Phone",
    email: "E-mail",
    complaints: "Customer enquiries",
    privacy: "Personal data",
    privacySays:
      "Each purpose is described separately: who, what, why and for how long. You agree to advertising and personal offers separately and can withdraw with one tap.",
    since: "in force since {day}",
    cookies: "Cookies",
    cookiesSays:
      "Only what the pages cannot work without. There are no advertising or third-party cookies, and we do not see what you do on other sites.",
    kept: {
      session: "keeps you signed in",
      device: "tells browsers apart: a guest’s favourites and sign-in protection, 400\u00a0days",
      flow: "the step you are at while signing in or registering",
      view: "the large view",
      shop: "your shop",
      zone: "the region of the ad you came from, for a day",
      seen: "products you have viewed",
      liked: "a guest’s favourites are not empty",
      child: "the step a representative’s consent is at",
      owner: "the step at which you confirm the account is yours",
    },
  },
}
