# Every target is a task of scripts/dev.py, which does all set-up itself.
PYTHON ?= python3
TARGETS := setup fir site serve test bench check fmt lint lock owners address

.PHONY: $(TARGETS)
.NOTPARALLEL:

$(TARGETS):
	@$(PYTHON) scripts/dev.py $@
