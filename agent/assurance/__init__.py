"""Critical periods and change windows: the check before, rounds, the check after, and the closing report."""
