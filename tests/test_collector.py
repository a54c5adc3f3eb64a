"""The collector of cycles of a server: seldom, and not over what lives for good."""

import gc

from freelance_app import freelance_app


def test_a_server_collects_seldom_and_leaves_what_lives_for_good_alone():
    before = gc.get_threshold()
    try:
        freelance_app.collect_less_often()
        assert gc.get_threshold() == freelance_app.COLLECT_AFTER
        assert gc.get_freeze_count() > 10_000
        assert gc.isenabled()
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
