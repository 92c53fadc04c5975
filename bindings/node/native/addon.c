/* SPDX-License-Identifier: MIT
 *
 * The module: what is exported, and what lives as long as its environment. */
#include "addon.h"

#include <stdlib.h>

static void addon_free(napi_env env, void *data, void *hint)
{
    (void)hint;
    struct addon *addon = data;
    workspaces_drain(addon);
    for (uint32_t i = 0; i < addon->slot_count; i++) {
        slot_clear(NULL, &addon->slots[i]);
    }
    if (addon->make_error != NULL) {
        napi_delete_reference(env, addon->make_error);
    }
    free(addon->slots);
    free(addon);
}

/* setErrors(function): what makes an Error of (name, message, hint, line, column, offset) */
static napi_value set_errors(napi_env env, napi_callback_info info)
{
    napi_value arguments[MOST_ARGUMENTS];
    struct js js = js_begin(env, info, arguments, NULL);
    napi_valuetype type = napi_undefined;
    if (js.ok) {
        js_check(&js, napi_typeof(env, arguments[0], &type));
    }
    if (js.ok && type != napi_function) {
        js_fail_text(&js, POLE_INVALID_ARGUMENT, "this is not a function");
    }
    if (js.ok && js.addon->make_error != NULL) {
        js_check(&js, napi_delete_reference(env, js.addon->make_error));
        js.addon->make_error = NULL;
    }
    if (js.ok) {
        js_check(&js, napi_create_reference(env, arguments[0], 1, &js.addon->make_error));
    }
    return js_end(&js, NULL);
}

NAPI_MODULE_INIT()
{
    static const struct function own[] = {{"setErrors", set_errors, NULL}, {NULL, NULL, NULL}};
    struct addon *addon = calloc(1, sizeof(*addon));
    if (addon == NULL || napi_set_instance_data(env, addon, addon_free, NULL) != napi_ok) {
        free(addon);
        napi_throw_error(env, NULL, "no memory");
        return NULL;
    }
    struct js js = {env, addon, true};
    js_set_name(&js, exports, "version", pole_version());
    js_export(&js, exports, own);
    js_export(&js, exports, functions_of_handles);
    js_export(&js, exports, functions_of_lookup);
    js_export(&js, exports, functions_of_near);
    js_export(&js, exports, functions_of_resolve);
    return js_end(&js, exports);
}
