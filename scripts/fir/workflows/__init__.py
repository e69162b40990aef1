"""What the workflows under `.github/workflows` do that is more than one command.

The steps stand in `__main__`. Those that hold a token which may write (`label`, `propose`,
`remind`) and those that only ask (`approvals`, `fetch`) need nothing but the standard library, so
that no package from elsewhere ever runs beside such a token:
`PYTHONPATH=scripts python3 -P -m fir.workflows STEP`.
"""
