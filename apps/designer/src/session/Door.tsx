import { Button, Menu, Text, Title } from '@mantine/core';
import { IconWorld } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useDocumentTitle } from '@mantine/hooks';
import { LanguageItems } from '../app/LanguageItems.js';
import { useLanguage } from '../i18n/language.js';
import { LANGUAGES } from '../i18n/languages.js';
import { Wordmark } from '../app/Wordmark.js';
import classes from './Door.module.css';

/** The card in front of the house: set-up and log-in. */
export function Door({ title, intro, children }: { title: string; intro: ReactNode; children: ReactNode }) {
  const { language } = useLanguage();
  useDocumentTitle(`${title} · Callwright`);
  return (
    <div className={classes.door}>
      <main className={classes.card}>
        <Wordmark large />
        <Title order={1} className={classes.title}>
          {title}
        </Title>
        <Text c="dimmed" className={classes.intro}>
          {intro}
        </Text>
        {children}
        <Menu position="top-start" width={212}>
          <Menu.Target>
            <Button
              className={classes.language}
              variant="subtle"
              color="gray"
              size="compact-sm"
              leftSection={<IconWorld size={15} />}
            >
              {LANGUAGES[language]}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <LanguageItems />
          </Menu.Dropdown>
        </Menu>
      </main>
      <div className={classes.drawing} aria-hidden>
        <Drawing />
      </div>
    </div>
  );
}

/** A small scenario, drawn: what the product is about, before a word of it is read. */
function Drawing() {
  return (
    <svg viewBox="0 0 520 420" className={classes.svg}>
      <g className={classes.wires}>
        <path id="wire-a" d="M150 92 C 200 92, 190 170, 232 170" />
        <path d="M372 150 C 420 150, 380 70, 424 70" />
        <path d="M372 178 C 420 178, 390 206, 424 206" />
        <path d="M372 206 C 410 206, 350 330, 396 330" />
      </g>
      <g className={classes.cards}>
        <rect x="20" y="64" width="130" height="56" rx="12" />
        <rect x="232" y="112" width="140" height="118" rx="12" />
        <rect x="424" y="42" width="82" height="56" rx="12" />
        <rect x="424" y="178" width="82" height="56" rx="12" />
        <rect x="396" y="302" width="110" height="56" rx="12" />
      </g>
      <g className={classes.tiles}>
        <rect x="34" y="78" width="28" height="28" rx="8" className={classes.call} />
        <rect x="246" y="126" width="28" height="28" rx="8" className={classes.input} />
        <rect x="436" y="56" width="28" height="28" rx="8" className={classes.connect} />
        <rect x="436" y="192" width="28" height="28" rx="8" className={classes.connect} />
        <rect x="410" y="316" width="28" height="28" rx="8" className={classes.prompts} />
      </g>
      <g className={classes.lines}>
        <rect x="72" y="84" width="58" height="6" rx="3" />
        <rect x="72" y="96" width="36" height="5" rx="2.5" />
        <rect x="284" y="132" width="62" height="6" rx="3" />
        <rect x="284" y="144" width="40" height="5" rx="2.5" />
        <rect x="296" y="174" width="56" height="5" rx="2.5" />
        <rect x="310" y="202" width="42" height="5" rx="2.5" />
        <rect x="448" y="322" width="44" height="6" rx="3" />
        <rect x="448" y="334" width="28" height="5" rx="2.5" />
      </g>
      <circle r="7" className={classes.dot}>
        <animateMotion
          dur="4.5s"
          repeatCount="indefinite"
          path="M150 92 C 200 92, 190 170, 232 170 L 372 178 C 420 178, 390 206, 424 206"
        />
      </circle>
    </svg>
  );
}
