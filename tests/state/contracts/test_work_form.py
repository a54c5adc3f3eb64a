"""The form that hands in work, as Reflex compiles it."""

from reflex_components_core.el.elements.forms import Form

from freelance_app.pages.contracts.milestone import work_form


def forms(component):
    found = [component] if isinstance(component, Form) else []
    return found + [each for child in component.children for each in forms(child)]


def test_the_browser_sends_the_ids_of_uploads_not_the_chooser():
    (form,) = forms(work_form())
    assert "files" not in form._get_form_refs()
    assert {"note", "files"} <= form._get_static_form_field_keys()[0]
