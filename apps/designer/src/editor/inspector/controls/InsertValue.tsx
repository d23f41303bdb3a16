import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconBraces } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { libraryText } from '../../../i18n/libraryText.js';
import { useDraft } from '../../EditorContext.js';
import { offersFor } from '../../model/completions.js';
import { useTrial } from '../sample/SampleContext.js';

/** Offers what an expression can read, and puts it into the text. */
export function InsertValue({
  label,
  onInsert,
  braces = true,
}: {
  label: string;
  onInsert: (text: string) => void;
  braces?: boolean;
}) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <Menu width={290} position="bottom-end" opened={opened} onChange={setOpened}>
      <Menu.Target>
        <Tooltip label={t('Insert a value of the call')}>
          <ActionIcon size="sm" aria-label={t('Insert a value into {{label}}', { label })}>
            <IconBraces size={15} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
        {opened && <Offers onPick={(path) => onInsert(braces ? `{{ ${path} }}` : path)} />}
      </Menu.Dropdown>
    </Menu>
  );
}

function Offers({ onPick }: { onPick: (path: string) => void }) {
  const { t } = useTranslation();
  const document = useDraft((draft) => draft.document);
  const { node, sample } = useTrial();
  const groups = offersFor({ document, node, sample });
  return groups.flatMap(({ title, options }) => [
    <Menu.Label key={title}>{t(title)}</Menu.Label>,
    ...options.map(({ text, detail }) => (
      <Menu.Item key={text} onClick={() => onPick(text)} rightSection={<small>{libraryText(detail)}</small>}>
        <code>{text}</code>
      </Menu.Item>
    )),
  ]);
}
