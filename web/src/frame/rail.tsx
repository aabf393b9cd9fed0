import { Link } from '@tanstack/react-router';
import { useMe } from '../net/queries.ts';
import { Icon } from '../parts/icons.tsx';
import { useWords } from '../text/language.ts';
import { placeNames, placesFor } from './places.ts';
import './rail.css';

/** The places this person may go; on a phone it lies along the lower edge. */
export function Rail() {
  const me = useMe();
  const names = useWords(placeNames);
  return (
    <nav className="rail" aria-label={names.desk}>
      <img className="rail-seal" src="/seal.svg" alt="" width="32" height="32" />
      {placesFor(me?.permissions ?? []).map((place, at) => (
        <Link
          key={place.key}
          to={place.path}
          className="rail-place"
          activeProps={{ 'aria-current': 'page' }}
          title={at < 9 ? `Alt+${at + 1}` : undefined}
        >
          <Icon name={place.icon} size={20} />
          <span>{names[place.key]}</span>
        </Link>
      ))}
    </nav>
  );
}
