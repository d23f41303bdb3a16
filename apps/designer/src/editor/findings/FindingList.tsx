import { IconAlertTriangleFilled, IconCircleCheckFilled, IconCircleXFilled } from '@tabler/icons-react';
import type { Finding } from '@callwright/scenario';
import { useTranslation } from 'react-i18next';
import classes from './FindingList.module.css';

const order = { error: 0, warning: 1 } as const;

export function FindingList({
  findings,
  onChoose,
}: {
  findings: readonly Finding[];
  /** Without it they are those of one node, and lead nowhere else. */
  onChoose?: (finding: Finding) => void;
}) {
  const { t } = useTranslation();
  if (findings.length === 0) {
    return (
      <p className={classes.fine}>
        <IconCircleCheckFilled size={17} aria-hidden />
        {t('Nothing to complain about: every node is set and every outcome leads somewhere.')}
      </p>
    );
  }
  return (
    <ul className={classes.list}>
      {findings
        .toSorted((a, b) => order[a.severity] - order[b.severity])
        .map((finding, index) => (
          <li key={index}>
            <button
              type="button"
              className={classes.finding}
              data-severity={finding.severity}
              disabled={finding.node === null || !onChoose}
              onClick={() => onChoose?.(finding)}
            >
              {finding.severity === 'error' ? (
                <IconCircleXFilled size={16} aria-label={t('Error')} />
              ) : (
                <IconAlertTriangleFilled size={16} aria-label={t('Warning')} />
              )}
              {finding.node !== null && onChoose && <span className={classes.node}>{finding.node}</span>}
              <span className={classes.message}>{finding.message}</span>
            </button>
          </li>
        ))}
    </ul>
  );
}
