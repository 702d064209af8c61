export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 18 18" aria-hidden="true">
      <rect x=".75" y=".75" width="16.5" height="16.5" rx="4" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path
        d="M5 5.5 9 12.5 13 5.5"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.75"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
