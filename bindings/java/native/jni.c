/* SPDX-License-Identifier: MIT
 *
 * The flat functions for JNI. Arrays of a batch are pinned piece by piece, so that a batch of
 * millions never keeps the garbage collector from its work for long. */
#include "calls.h"

#include <jni.h>
#include <stdlib.h>
#include <string.h>

#define NATIVE(name) JNICALL Java_polelookup_JniCalls_##name

static void no_memory(JNIEnv *env)
{
    jclass type = (*env)->FindClass(env, "java/lang/OutOfMemoryError");

    if (type)
        (*env)->ThrowNew(env, type, "polelookup: no native memory");
}

#define FEW_BYTES 2048

JNIEXPORT jbyteArray NATIVE(call0)(JNIEnv *env, jclass type, jint what, jlong handle,
                                   jbyteArray request)
{
    uint8_t few[FEW_BYTES], *bytes = few, *reply = NULL;
    jsize size = (*env)->GetArrayLength(env, request);
    jbyteArray out = NULL;

    (void)type;
    if (size > FEW_BYTES)
        bytes = malloc((size_t)size);
    if (!bytes) {
        no_memory(env);
        return NULL;
    }
    (*env)->GetByteArrayRegion(env, request, 0, size, (jbyte *)bytes);
    int64_t reply_size = polejava_call(what, handle, bytes, size, &reply);

    if (bytes != few)
        free(bytes);
    if (reply_size <= 0 || reply_size > INT32_MAX)
        no_memory(env);
    else
        out = (*env)->NewByteArray(env, (jsize)reply_size);
    if (out)
        (*env)->SetByteArrayRegion(env, out, 0, (jsize)reply_size, (const jbyte *)reply);
    polejava_release(reply);
    return out;
}

JNIEXPORT void NATIVE(close0)(JNIEnv *env, jclass type, jlong handle)
{
    (void)env;
    (void)type;
    polejava_close(handle);
}

JNIEXPORT void NATIVE(channelFree0)(JNIEnv *env, jclass type, jlong channel)
{
    (void)env;
    (void)type;
    polejava_channel_free(channel);
}

JNIEXPORT jlong NATIVE(find0)(JNIEnv *env, jclass type, jlong handle, jint number, jint digits,
                              jint scope, jdoubleArray lat_lon)
{
    double at[2];
    int64_t row = polejava_find(handle, number, digits, scope, at);

    (void)type;
    if (row >= 0)
        (*env)->SetDoubleArrayRegion(env, lat_lon, 0, 2, at);
    return row;
}

JNIEXPORT jint NATIVE(record0)(JNIEnv *env, jclass type, jlong handle, jint row, jbyteArray record)
{
    uint8_t few[512], *bytes = few;
    jsize capacity = (*env)->GetArrayLength(env, record);

    (void)type;
    if (capacity > (jsize)sizeof(few))
        bytes = malloc((size_t)capacity);
    if (!bytes)
        return -POLE_NO_MEMORY;
    int32_t size = polejava_record(handle, row, bytes, capacity);

    if (size > 0 && size <= capacity)
        (*env)->SetByteArrayRegion(env, record, 0, size, (const jbyte *)bytes);
    if (bytes != few)
        free(bytes);
    return size;
}

#define COLUMNS 8
#define PIECE 65536 /* rows whose arrays are pinned at once: less than a millisecond or two */

/* Pins an array of a batch; *to stays NULL where the column is not wanted. 0: no memory. */
static int pin(JNIEnv *env, jarray array, void **to)
{
    *to = NULL;
    if (array)
        *to = (*env)->GetPrimitiveArrayCritical(env, array, NULL);
    return !array || *to;
}

static void *behind(void *array, size_t element_bytes, jint first)
{
    return array ? (char *)array + element_bytes * (size_t)first : NULL;
}

typedef struct {
    jlong handle;
    jint stride; /* 0: the codes are numbers */
    jint digits;
    jint scope;
    jdouble clean;
} batch;

static int32_t find_piece(const batch *b, void *codes, void **at, jint first, jint count)
{
    int32_t *rows = behind(at[0], 4, first), *match = behind(at[1], 4, first);
    double *lat = behind(at[2], 8, first), *lon = behind(at[3], 8, first);
    int32_t *stations = behind(at[4], 4, first);
    double *confidence = behind(at[5], 8, first), *place = behind(at[6], 8, first);
    double *far_share = behind(at[7], 8, first);

    if (b->stride)
        return polejava_find_texts(b->handle, behind(codes, (size_t)b->stride, first), b->stride,
                                   count, b->digits, b->scope, b->clean, rows, match, lat, lon,
                                   stations, confidence, place, far_share);
    return polejava_find_many(b->handle, behind(codes, 4, first), count, b->digits, b->scope,
                              b->clean, rows, match, lat, lon, stations, confidence, place,
                              far_share);
}

static jint find_batch(JNIEnv *env, const batch *b, jarray codes, jint count, const jarray *columns)
{
    int32_t status = POLE_OK;

    for (jint first = 0; first < count && !status;
         first = count - first > PIECE ? first + PIECE : count) {
        void *from, *at[COLUMNS] = {NULL};
        int pinned = pin(env, codes, &from);

        for (int i = 0; i < COLUMNS && pinned; i++)
            pinned = pin(env, columns[i], &at[i]);
        if (pinned)
            status = find_piece(b, from, at, first, count - first < PIECE ? count - first : PIECE);
        else
            status = POLE_NO_MEMORY;
        for (int i = COLUMNS - 1; i >= 0; i--)
            if (at[i])
                (*env)->ReleasePrimitiveArrayCritical(env, columns[i], at[i], 0);
        if (from)
            (*env)->ReleasePrimitiveArrayCritical(env, codes, from, JNI_ABORT);
    }
    return status;
}

JNIEXPORT jint NATIVE(findMany0)(JNIEnv *env, jclass type, jlong handle, jintArray numbers,
                                 jint count, jint digits, jint scope, jdouble clean, jintArray rows,
                                 jintArray match, jdoubleArray lat, jdoubleArray lon,
                                 jintArray stations, jdoubleArray confidence, jdoubleArray place,
                                 jdoubleArray far_share)
{
    const batch b = {handle, 0, digits, scope, clean};
    const jarray columns[COLUMNS] = {rows, match, lat, lon, stations, confidence, place, far_share};

    (void)type;
    return find_batch(env, &b, numbers, count, columns);
}

JNIEXPORT jint NATIVE(findTexts0)(JNIEnv *env, jclass type, jlong handle, jbyteArray texts,
                                  jint stride, jint count, jint digits, jint scope, jdouble clean,
                                  jintArray rows, jintArray match, jdoubleArray lat,
                                  jdoubleArray lon, jintArray stations, jdoubleArray confidence,
                                  jdoubleArray place, jdoubleArray far_share)
{
    const batch b = {handle, stride, digits, scope, clean};
    const jarray columns[COLUMNS] = {rows, match, lat, lon, stations, confidence, place, far_share};

    (void)type;
    return find_batch(env, &b, texts, count, columns);
}
