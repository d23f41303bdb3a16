import { Kbd, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { shortcutGroups } from './shortcuts.js';
import classes from './ShortcutsDialog.module.css';

const MOD = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl';

export function ShortcutsDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} title={t('Keyboard shortcuts')} size="xl">
      <div className={classes.groups}>
        {shortcutGroups.map(({ title, shortcuts }) => (
          <section key={title} aria-label={t(title)}>
            <h3 className={classes.title}>{t(title)}</h3>
            <dl className={classes.list}>
              {shortcuts.map(({ keys: [keys], what }) => (
                <div key={what} className={classes.row}>
                  <dt>
                    {(keys ?? '').split(/\+(?=.)/).map((key) => (
                      <Kbd key={key} size="sm">
                        {key === 'mod' ? MOD : key}
                      </Kbd>
                    ))}
                  </dt>
                  <dd>{t(what)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
