import { useTranslation } from 'react-i18next';
import { nodesOf, type Difference, type ScenarioDocument } from '@callwright/scenario';
import { nodeType } from '@callwright/nodes';
import { libraryText } from '../../i18n/libraryText.js';
import { NodeIcon } from '../canvas/NodeIcon.js';
import type { Change } from './comparison.js';
import { titleOf, valueText } from './words.js';
import classes from './ChangeList.module.css';

export interface ChangeListProps {
  readonly changes: readonly Change[];
  readonly from: ScenarioDocument;
  readonly to: ScenarioDocument;
  readonly shown?: number | null;
  readonly onShow?: (index: number) => void;
}

/** Everything that changed, node by node, down to the single setting. */
export function ChangeList({ changes, from, to, shown = null, onShow }: ChangeListProps) {
  const { t } = useTranslation();
  if (changes.length === 0) return <p className={classes.none}>{t('Nothing is different.')}</p>;
  return (
    <ol className={classes.list}>
      {changes.map((change, index) => (
        <li key={change.node ?? ''} className={classes.change} data-shown={shown === index || undefined}>
          <Heading change={change} from={from} to={to} onClick={onShow && (() => onShow(index))} />
          <dl className={classes.fields}>
            {change.differences.map((difference) => (
              <Field
                key={`${difference.aspect} ${difference.path.join(' ')}`}
                difference={difference}
                from={from}
                to={to}
              />
            ))}
          </dl>
        </li>
      ))}
    </ol>
  );
}

function Heading({
  change,
  from,
  to,
  onClick,
}: {
  change: Change;
  from: ScenarioDocument;
  to: ScenarioDocument;
  onClick?: (() => void) | undefined;
}) {
  const { t } = useTranslation();
  const node = change.node === null ? undefined : (nodesOf(to).get(change.node) ?? nodesOf(from).get(change.node));
  const name =
    change.node === null
      ? t('The scenario itself')
      : (node?.label ?? libraryText(nodeType(node?.type ?? '')?.title ?? change.node));
  const content = (
    <>
      {node && <NodeIcon type={node.type} />}
      <span className={classes.name}>{name}</span>
      {change.node !== null && <code className={classes.id}>{change.node}</code>}
    </>
  );
  if (!onClick) return <div className={classes.heading}>{content}</div>;
  return (
    <button type="button" className={classes.heading} onClick={onClick}>
      {content}
    </button>
  );
}

function Field({ difference, from, to }: { difference: Difference; from: ScenarioDocument; to: ScenarioDocument }) {
  const { t } = useTranslation();
  const { kind, before, after } = difference;
  const document = difference.kind === 'removed' ? from : to;
  const [was, is] = [valueText(before, difference, t), valueText(after, difference, t)];
  const nodeGone = difference.aspect === 'node';
  return (
    <div className={classes.field} data-kind={kind}>
      <dt>{titleOf(difference, document, t)}</dt>
      <dd>
        {was !== null && <del>{was}</del>}
        {is !== null && <ins>{is}</ins>}
        {nodeGone && <span className={classes.word}>{kind === 'added' ? t('added') : t('removed')}</span>}
      </dd>
    </div>
  );
}
