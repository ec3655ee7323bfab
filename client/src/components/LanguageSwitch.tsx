import { chooseLanguage, language, LANGUAGES, NAMES } from "../i18n";
import { Button } from "./Button";

/** Offers the other languages of the interface, each in its own words. */
export function LanguageSwitch() {
  return (
    <>
      {LANGUAGES.filter((known) => known !== language.value).map((known) => (
        <Button key={known} kind="plain" onPress={() => chooseLanguage(known)}>
          <span lang={known}>{NAMES[known]}</span>
        </Button>
      ))}
    </>
  );
}
