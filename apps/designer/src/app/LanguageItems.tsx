import { Menu } from '@mantine/core';
import { IconCheck, IconWorld } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, useLanguage } from '../i18n/language.js';
import { LANGUAGE_CODES, LANGUAGES } from '../i18n/languages.js';
import { notify } from '../ui/notify.js';

/** The languages, for a menu: each by its own name, so that whoever is lost in a foreign one finds their own. */
export function LanguageItems() {
  const { t } = useTranslation();
  const { chosen } = useLanguage();
  return (
    <>
      <Menu.Label>{t('Language')}</Menu.Label>
      {[null, ...LANGUAGE_CODES].map((language) => (
        <Menu.Item
          key={language}
          lang={language ?? undefined}
          leftSection={language === null ? <IconWorld size={16} /> : <span aria-hidden>{language.toUpperCase()}</span>}
          rightSection={chosen === language ? <IconCheck size={14} /> : null}
          onClick={() => {
            chooseLanguage(language).catch((error: unknown) =>
              notify.failed(t('The language could not be loaded'), error),
            );
          }}
        >
          {language === null ? t('As the browser') : LANGUAGES[language]}
        </Menu.Item>
      ))}
    </>
  );
}
