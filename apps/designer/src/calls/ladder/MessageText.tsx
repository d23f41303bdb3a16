import { ActionIcon, CopyButton, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SipMessage } from '../../api/types.js';
import { formatClock } from '../../app/format.js';
import classes from './SipLadder.module.css';

/** A SIP message, word for word: who sent it whereto, its header, its body. */
export function MessageText({ message }: { message: SipMessage }) {
  const { t } = useTranslation();
  const { at, direction, transport, remote, text } = message;
  const [head = '', ...rest] = text.split(/\r?\n\r?\n/);
  const [start = '', ...fields] = head.split(/\r?\n/);
  const body = rest.join('\n\n').trimEnd();
  return (
    <article className={classes.message} aria-label={t('SIP message')} data-testid="sip-message">
      <header>
        <span>
          {direction === 'in' ? t('from {{remote}}', { remote }) : t('to {{remote}}', { remote })} ·{' '}
          {transport.toUpperCase()} · {formatClock(at)}
        </span>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Tooltip label={copied ? t('Copied') : t('Copy')}>
              <ActionIcon size="sm" onClick={copy} aria-label={t('Copy {{what}}', { what: t('SIP message') })}>
                {copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
              </ActionIcon>
            </Tooltip>
          )}
        </CopyButton>
      </header>
      <pre className={classes.text} tabIndex={0} aria-label={t('SIP message')} role="region">
        <b className={classes.start}>{start}</b>
        {fields.map((line, index) => {
          const colon = line.search(/^[^\s:]+[ \t]*:/) === 0 ? line.indexOf(':') : 0;
          return (
            <span key={index} className={classes.field}>
              <span className={classes.fieldName}>{line.slice(0, colon)}</span>
              {line.slice(colon)}
            </span>
          );
        })}
        {body !== '' && <span className={classes.payload}>{body}</span>}
      </pre>
    </article>
  );
}
