import { useTranslation } from 'react-i18next';
import classes from './Phone.module.css';

const KEYS = [
  ['1', ''],
  ['2', 'ABC'],
  ['3', 'DEF'],
  ['4', 'GHI'],
  ['5', 'JKL'],
  ['6', 'MNO'],
  ['7', 'PQRS'],
  ['8', 'TUV'],
  ['9', 'WXYZ'],
  ['*', ''],
  ['0', '+'],
  ['#', ''],
] as const;

/** The keys of a telephone. */
export function Keypad({ onPress }: { onPress: (digit: string) => void }) {
  const { t } = useTranslation();
  return (
    <div className={classes.keypad} role="group" aria-label={t('Keypad')}>
      {KEYS.map(([digit, letters]) => (
        <button
          key={digit}
          type="button"
          className={classes.key}
          onClick={() => onPress(digit)}
          aria-label={t('Press {{digit}}', { digit })}
        >
          <span>{digit}</span>
          <small aria-hidden>{letters}</small>
        </button>
      ))}
    </div>
  );
}
