import { useTranslation } from 'react-i18next';
import { nodesOf, type Collision, type ScenarioDocument, type Side } from '@callwright/scenario';
import { nodeType } from '@callwright/nodes';
import { msg } from '../../i18n/i18n.js';
import { libraryText } from '../../i18n/libraryText.js';
import { NodeIcon } from '../canvas/NodeIcon.js';
import { titleOf, valueText } from '../compare/words.js';
import classes from './CollisionList.module.css';

const SIDES: readonly { readonly side: Side; readonly label: string }[] = [
  { side: 'mine', label: msg('Yours') },
  { side: 'theirs', label: msg('Theirs') },
  { side: 'base', label: msg('As it was') },
];

export interface CollisionListProps {
  readonly collisions: readonly Collision[];
  readonly choices: ReadonlyMap<string, Side>;
  readonly documents: Readonly<Record<Side, ScenarioDocument>>;
  readonly onChoose: (key: string, side: Side) => void;
  readonly onShow: (node: string | null) => void;
}

/** One card for each thing that both have changed: both values, and the one before, to choose from. */
export function CollisionList({ collisions, choices, documents, onChoose, onShow }: CollisionListProps) {
  const { t } = useTranslation();
  return (
    <ul className={classes.list}>
      {collisions.map((collision) => {
        const { key, node: id } = collision;
        const owner = [documents.mine, documents.theirs, documents.base].find(
          (one) => id === null || nodesOf(one).has(id),
        );
        const node = id === null ? undefined : owner && nodesOf(owner).get(id);
        const title = titleOf(collision, owner ?? documents.mine, t);
        const name =
          id === null
            ? t('The scenario itself')
            : (node?.label ?? libraryText(nodeType(node?.type ?? '')?.title ?? id));
        return (
          <li key={key} className={classes.collision} data-decided={choices.has(key) || undefined}>
            <button type="button" className={classes.heading} onClick={() => onShow(id)}>
              {node && <NodeIcon type={node.type} />}
              <span>
                <b>{name}</b>
                <span className={classes.what}>{title}</span>
              </span>
            </button>
            <div role="radiogroup" aria-label={`${name}: ${title}`} className={classes.sides}>
              {SIDES.map(({ side, label }) => {
                const text = valueText(collision[side], collision, t);
                return (
                  <button
                    key={side}
                    type="button"
                    role="radio"
                    aria-checked={choices.get(key) === side}
                    className={classes.side}
                    onClick={() => {
                      onChoose(key, side);
                      onShow(id);
                    }}
                  >
                    <span className={classes.who}>{t(label)}</span>
                    <span className={classes.value} data-none={text === null || undefined}>
                      {text ?? (collision.aspect === 'node' ? t('removed') : t('nothing'))}
                    </span>
                  </button>
                );
              })}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
