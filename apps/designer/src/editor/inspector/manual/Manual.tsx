import { ActionIcon, Loader } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nodeManuals } from 'virtual:node-manuals';
import { useLibraryText } from '../../../i18n/libraryText.js';
import { fieldsOf } from '../../model/fields.js';
import { outputsOf } from '../../model/sample.js';
import { NodeIcon } from '../../canvas/NodeIcon.js';
import { nodeType } from '@callwright/nodes';
import { describe } from '../../../ui/describe.js';
import classes from './Manual.module.css';

/** The manual page of a node type, beside its settings: the file that the reference is made of, and what the schema says. */
export function Manual({ type, onClose }: { type: string; onClose: () => void }) {
  const { t } = useTranslation();
  const said = useLibraryText();
  const [page, setPage] = useState<{ readonly type: string; readonly html: string } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let left = false;
    setProblem(null);
    nodeManuals[type]?.().then(
      ({ default: html }) => {
        if (!left) setPage({ type, html });
      },
      (error: unknown) => setProblem(describe(error)),
    );
    return () => {
      left = true;
    };
  }, [type]);
  const title = said(nodeType(type)?.title ?? type);
  return (
    <section className={classes.manual} aria-label={t('Manual: {{title}}', { title })}>
      <header className={classes.head}>
        <NodeIcon type={type} size={24} />
        <h2 className={classes.title}>{title}</h2>
        <ActionIcon ml="auto" aria-label={t('Close the manual')} onClick={onClose}>
          <IconX size={16} />
        </ActionIcon>
      </header>
      {problem !== null ? (
        <p role="alert">{problem}</p>
      ) : page?.type === type ? (
        // Our own text, made HTML while the page was built.
        <div className={classes.text}>
          <div lang="en" dangerouslySetInnerHTML={{ __html: page.html }} />
          <FromSchema type={type} />
        </div>
      ) : (
        <Loader size="sm" aria-label={t('Loading')} />
      )}
    </section>
  );
}

function FromSchema({ type }: { type: string }) {
  const { t } = useTranslation();
  const said = useLibraryText();
  const [fields, outputs] = [fieldsOf(type), outputsOf(type)];
  return (
    <>
      {fields.length > 0 && (
        <>
          <h2>{t('Settings')}</h2>
          <table>
            <tbody>
              {fields.map(({ name, title, description, required, schema }) => (
                <tr key={name}>
                  <td>
                    <b>{said(title)}</b>
                    <br />
                    <code>{name}</code>
                  </td>
                  <td>
                    {said(description ?? '')}
                    {required ? ` ${t('Required.')}` : ''}
                    {schema.default !== undefined && (
                      <>
                        {' '}
                        {t('Else:')} <code>{JSON.stringify(schema.default)}</code>
                      </>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      {outputs.length > 0 && (
        <>
          <h2>{t('What it gives')}</h2>
          <table>
            <tbody>
              {outputs.map(({ name, description }) => (
                <tr key={name}>
                  <td>
                    <code>{name}</code>
                  </td>
                  <td>{said(description)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </>
  );
}
