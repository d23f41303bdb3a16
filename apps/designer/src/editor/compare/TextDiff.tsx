import { VisuallyHidden } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { writeScenario, type ScenarioDocument } from '@callwright/scenario';
import { lineDiff, type DiffLine } from './lineDiff.js';
import classes from './TextDiff.module.css';

const SIGNS: Readonly<Record<DiffLine['kind'], string>> = { added: '+', removed: '−', same: ' ' };

/** Two documents as the files that they are exported as, and what differs between these, as a diff of git shows it. */
export function TextDiff({ from, to }: { from: ScenarioDocument; to: ScenarioDocument }) {
  const { t } = useTranslation();
  const places = useMemo(() => lineDiff(writeScenario(from), writeScenario(to)), [from, to]);
  const names = { added: t('added'), removed: t('removed'), same: '' };
  return (
    <div className={classes.text} data-testid="text-diff" tabIndex={0} role="region" aria-label={t('As text')}>
      {places.length === 0 && <p className={classes.none}>{t('Nothing is different.')}</p>}
      <table className={classes.table}>
        {places.map((lines) => (
          <tbody key={`${lines[0]?.old} ${lines[0]?.now}`} className={classes.place}>
            {lines.map(({ kind, text, old, now }) => (
              <tr key={`${old} ${now}`} className={classes.row} data-kind={kind}>
                <td className={classes.number}>{old}</td>
                <td className={classes.number}>{now}</td>
                <td className={classes.sign}>
                  <span aria-hidden>{SIGNS[kind]}</span>
                  <VisuallyHidden>{names[kind]}</VisuallyHidden>
                </td>
                <td className={classes.line}>{text}</td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}
