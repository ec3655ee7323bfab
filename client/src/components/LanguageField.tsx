import type { Handing } from "../handing";
import { locale, t } from "../i18n";
import { languageName } from "../people";

/** ISO 639-1. */
const LANGUAGES =
  "aa ab af ak am an ar as av ay az ba be bg bm bn bo br bs ca ce ch co cr cs cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz id ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn nr nv ny oc oj om or os pa pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi wa wo xh yi yo za zh zu".split(
    " ",
  );

/** The session's own `languages` come before all others. */
export function LanguageField({
  handing,
  languages,
}: {
  readonly handing: Handing<unknown>;
  readonly languages: readonly string[];
}) {
  const first = [...new Set(languages)];
  const sorted = new Intl.Collator(locale());
  const named = (tags: readonly string[]): readonly (readonly [string, string])[] =>
    tags.map((tag) => [tag, languageName(tag)] as const).sort((a, b) => sorted.compare(a[1], b[1]));
  return (
    <label class="labelled">
      <span>{t("written.language")}</span>
      <select
        class="field"
        disabled={handing.isBusy}
        value={handing.draft.language ?? ""}
        onChange={(event) => handing.change({ language: event.currentTarget.value || null })}
      >
        <option value="">{t("written.language.none")}</option>
        <optgroup label={t("written.language.session")}>{named(first).map(option)}</optgroup>
        <optgroup label={t("written.language.others")}>
          {named(LANGUAGES.filter((tag) => !first.includes(tag))).map(option)}
        </optgroup>
      </select>
    </label>
  );
}

function option([tag, name]: readonly [string, string]) {
  return (
    <option key={tag} value={tag}>
      {name}
    </option>
  );
}
