import { IconAlertTriangleFilled, IconCircleCheckFilled, IconCircleXFilled } from '@tabler/icons-react';
import type { Finding } from '@callwright/scenario';
import classes from './FindingList.module.css';

const order = { error: 0, warning: 1 } as const;

export function FindingList({
  findings,
  onChoose,
}: {
  findings: readonly Finding[];
  onChoose: (finding: Finding) => void;
}) {
  if (findings.length === 0) {
    return (
      <p className={classes.fine}>
        <IconCircleCheckFilled size={17} aria-hidden />
        Nothing to complain about: every node is set and every outcome leads somewhere.
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
              disabled={finding.node === null}
              onClick={() => onChoose(finding)}
            >
              {finding.severity === 'error' ? (
                <IconCircleXFilled size={16} aria-label="Error" />
              ) : (
                <IconAlertTriangleFilled size={16} aria-label="Warning" />
              )}
              {finding.node !== null && <span className={classes.node}>{finding.node}</span>}
              <span className={classes.message}>{finding.message}</span>
            </button>
          </li>
        ))}
    </ul>
  );
}
